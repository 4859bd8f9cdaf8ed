//! Writes the folder of the app: `gravida-app MODULE.wasm FOLDER`. `crates/gravida-app/build` calls it.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        eprintln!("gravida-app MODULE.wasm FOLDER");
        return std::process::ExitCode::from(2);
    };
    match gravida_app::folder::write(module.as_ref(), folder.as_ref()) {
        Ok(version) => {
            println!("version {version}");
            std::process::ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}
