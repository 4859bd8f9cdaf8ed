//! `gravida intake`: sums are exact, ranges stay ranges, nothing that was written is lost, and nobody is judged.

mod common;

use common::gravida;

fn day(foods: &[&str]) -> (serde_json::Value, Option<i32>) {
    let output = gravida(&[&["intake"], foods].concat(), "");
    (serde_json::from_slice(&output.stdout).expect("JSON"), output.status.code())
}

/// Low and high of a nutrient, in nanograms.
fn sum(day: &serde_json::Value, nutrient: &str) -> (u64, u64) {
    let one = day["sums"].as_array().expect("sums").iter().find(|one| one["nutrient"] == nutrient).expect("the nutrient");
    (one["low_ng"].as_u64().expect("low"), one["high_ng"].as_u64().expect("high"))
}

#[test]
fn a_glass_of_milk_is_exact() {
    let (day, code) = day(&["whole milk 250 g"]);
    assert_eq!(code, Some(0), "{day}");
    assert_eq!(sum(&day, "calcium"), (282_500_000, 282_500_000));
    assert_eq!(sum(&day, "zinc"), (925_000, 925_000));
    assert_eq!(sum(&day, "vitamin-d"), (250, 250));
}

#[test]
fn amounts_are_read_in_every_usual_way() {
    for (written, grams) in [
        ("2 eggs", (100, 100)), ("eggs 2", (100, 100)), ("two boiled eggs", (100, 100)), ("half an egg", (25, 25)), ("egg", (50, 50)),
        ("150g boiled egg", (150, 150)), ("egg 0.15 kg", (150, 150)), ("2 to 3 eggs", (100, 150)), ("egg 100-150 g", (100, 150)), ("Hard-boiled egg: 60 g", (60, 60)),
        ("水煮蛋 60 g", (60, 60)), ("1.5 portions of egg", (75, 75)), ("1,5 eggs", (75, 75)),
    ] {
        let (day, code) = day(&[written]);
        assert_eq!(code, Some(0), "{written}: {day}");
        let entry = &day["entries"][0];
        assert_eq!((entry["low_mg"].as_u64(), entry["high_mg"].as_u64()), (Some(grams.0 * 1000), Some(grams.1 * 1000)), "{written}");
    }
}

#[test]
fn a_name_that_fits_several_foods_gives_a_range() {
    let (day, code) = day(&["tofu 100 g"]);
    assert_eq!(code, Some(0), "{day}");
    assert_eq!(day["entries"][0]["foods"].as_array().map(Vec::len), Some(3));
    assert_eq!(sum(&day, "calcium"), (111_000_000, 350_000_000));
}

#[test]
fn nothing_that_was_written_is_lost() {
    let (day, code) = day(&["yogurtt, 2 unicorn steaks; 300 g", "water", "banana"]);
    assert_eq!(code, Some(1));
    let entries = day["entries"].as_array().expect("entries");
    let texts: Vec<&str> = entries.iter().filter_map(|one| one["text"].as_str()).collect();
    assert_eq!(texts, ["yogurtt", "2 unicorn steaks", "300 g", "water", "banana"]);
    let counted: Vec<bool> = entries.iter().filter_map(|one| one["counted"].as_bool()).collect();
    assert_eq!(counted, [false, false, false, false, true]);
    assert_eq!(entries[0]["near"][0], "yoghurt");
    assert!(entries[3]["why"].as_str().is_some_and(|why| why.contains("counts with its amount")), "{day}");
}

#[test]
fn a_label_and_a_glass_of_water_count_as_they_are() {
    let (day, code) = day(&["water 1.5 l", "calcium 200 mg", "vitamin D 10 µg"]);
    assert_eq!(code, Some(0), "{day}");
    assert_eq!(sum(&day, "fluid"), (1_500_000_000_000, 1_500_000_000_000));
    assert_eq!(sum(&day, "calcium").0, 200_000_000);
    assert_eq!(sum(&day, "vitamin-d").0, 10_000);
}

#[test]
fn what_is_not_known_is_not_zero() {
    let (day, _) = day(&["carp"]);
    let vitamin_d = day["sums"].as_array().expect("sums").iter().find(|one| one["nutrient"] == "vitamin-d").expect("vitamin D");
    assert_eq!(vitamin_d["not_known_in"][0], "carp");
}

#[test]
fn nobody_is_judged_and_no_dose_is_given() {
    for foods in [vec!["banana"], vec!["oyster 100 g"], vec!["nothing at all"]] {
        let output = gravida(&[&["intake", "--text", "--full"], foods.as_slice()].concat(), "");
        let text = String::from_utf8_lossy(&output.stdout).to_lowercase();
        for word in ["deficien", "too little", "not enough", "you need", "you lack", "you should take"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
        assert!(text.contains("information to take to your midwife") && text.contains("not a doctor") && text.contains("not a dose"), "{text}");
    }
    let text = String::from_utf8_lossy(&gravida(&["intake", "--text", "oyster 100 g"], "").stdout).into_owned();
    assert!(text.contains("above the ceiling"), "{text}");
}

#[test]
fn a_file_standard_input_and_a_dialogue_say_the_same() {
    let direct = gravida(&["intake", "--json", "2 eggs", "banana"], "").stdout;
    assert_eq!(gravida(&["intake", "--json", "-"], "2 eggs\nbanana\n").stdout, direct);
    assert_eq!(gravida(&["intake", "--json"], "2 eggs\nbanana\n\nnever read\n").stdout, direct);
    let file = std::env::temp_dir().join(format!("gravida-intake-{}.txt", std::process::id()));
    std::fs::write(&file, "2 eggs, banana").expect("a file");
    let from_file = gravida(&["intake", "--json", file.to_str().expect("a path")], "").stdout;
    let _ = std::fs::remove_file(&file);
    assert_eq!(from_file, direct);
}

#[test]
fn odd_input_never_breaks_it() {
    for odd in ["99999999999999999999 eggs", "0 eggs", "egg -5 g", "1/0 egg", "🥚", "a a a a", "1 to 0 g egg", "egg 1e9 g", "\u{0}", "µg", "100000 kg egg", "½"] {
        let output = gravida(&["intake", "--json", "-"], odd);
        assert!(output.status.code().is_some_and(|code| code < 2), "{odd:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stdout).contains("gravida-intake/1"), "{odd:?}");
    }
}

#[test]
fn forty_foods_are_known() {
    let pack: serde_json::Value = serde_json::from_slice(&gravida(&["pack", "--json"], "").stdout).expect("JSON");
    let foods = pack["foods"].as_array().expect("foods");
    assert_eq!((foods.len(), pack["nutrients"].as_array().map(Vec::len)), (44, Some(6)));
    // Each usual portion is found again by the food's own name, and by each other name.
    for food in foods {
        let name = food["name"].as_str().expect("a name");
        let (day, code) = day(&[name]);
        assert_eq!(code, Some(0), "{name}");
        assert!(day["entries"][0]["foods"].as_array().is_some_and(|found| found == &[food["id"].clone()]), "{name}: {day}");
    }
}
