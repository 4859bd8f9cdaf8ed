//! Theorem T14 on the real pack, and on packs that lack a limit.

use gravida_knowledge::{Knowledge, Page, read, read_folder};
use gravida_proof::{Verdict, t14};

fn pages() -> Vec<Page> {
    read_folder(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge"))).expect("the pack")
}

fn pack(pages: &[Page]) -> Knowledge {
    read(pages, None).0.expect("a pack without mistakes")
}

#[test]
fn the_loop_holds() {
    let proof = t14(&pack(&pages()));
    assert!(proof.holds(), "{:#?}", proof.verdict);
    assert!(proof.over > 1_000u32.into() && proof.questions > 1_000_000);
}

#[test]
fn a_pack_without_a_limit_is_refuted() {
    for (from, to) in [("within    14 days  [s-elht-pgp fu-back-not-better-2w]\n", ""), ("```text follow-attention", "```text follow-other")] {
        let mut pages = pages();
        for page in pages.iter_mut().filter(|page| page.path.contains("follow-up/words")) {
            page.text = page.text.replace(from, to);
        }
        let Verdict::Fails(list) = t14(&pack(&pages)).verdict else { panic!("`{from}` is needed") };
        assert!(list[0].what.contains("nothing limits a wait"), "{}", list[0].what);
    }
}
