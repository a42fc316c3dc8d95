//! Writes the published vectors: `cargo run -p linli-charter --example vectors -- FOLDER`, where FOLDER is
//! `keys/linli-charter/tests/vectors`. `tests/vectors.rs` fails when the files there are not what this makes.

mod make;

use std::path::Path;

fn main() -> Result<(), String> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("name the folder to write to")?;
    for (name, text) in make::all()? {
        std::fs::write(Path::new(&folder).join(name), text).map_err(|e| e.to_string())?;
    }
    Ok(())
}
