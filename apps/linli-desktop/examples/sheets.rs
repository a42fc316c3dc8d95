//! Every screen in both languages, all looks and two sizes, as contact sheets of twelve with captions, to be looked at.
//! `cargo xtask sheets DIR [zoom] [FILTER]`; `zoom` adds a small screen at 200 %. Whatever the gallery has is on them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a tool for looking"
)]

mod gallery;

pub(crate) use gallery::common;

use common::raster;
use gallery::{Scene, scenes, shoot};
use linli_desktop::fonts;
use linli_desktop::picture::Picture;
use linli_view::intent::Look;
use linli_view::words::Lang;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Pictures beside each other, and below.
const ACROSS: usize = 3;
const DOWN: usize = 4;
/// A small picture, and the room for its caption.
const CELL: (usize, usize) = (683, 384);
const CAPTION: usize = 26;
const GAP: usize = 10;

/// A sheet to be made.
struct Sheet {
    size: (f32, f32, f32),
    lang: Lang,
    look: Look,
    number: usize,
    scenes: Vec<&'static Scene>,
}

impl Sheet {
    fn name(&self) -> String {
        let (width, height, scale) = self.size;
        let (lang, look, number) = (self.lang, self.look.id(), self.number);
        format!(
            "{}x{}-{lang}-{look}-{number:02}",
            width * scale,
            height * scale
        )
    }

    fn draw(&self) -> Picture {
        let width = GAP + ACROSS * (CELL.0 + GAP);
        let height = GAP + DOWN * (CAPTION + CELL.1 + GAP);
        let at = |n: usize| {
            let x = GAP + (n % ACROSS) * (CELL.0 + GAP);
            (x, GAP + (n / ACROSS) * (CAPTION + CELL.1 + GAP))
        };
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts::with_system());
        let size = egui::vec2(width as f32, height as f32);
        let mut sheet = raster::paint(&ctx, size, |ui| {
            for (n, (name, ..)) in self.scenes.iter().enumerate() {
                let (x, y) = at(n);
                let font = egui::FontId::proportional(16.0);
                let place = egui::pos2(x as f32, y as f32 + 3.0);
                let words = format!("{name}   {}", self.name());
                let ink = egui::Color32::BLACK;
                ui.painter()
                    .text(place, egui::Align2::LEFT_TOP, words, font, ink);
            }
        });
        let (width, height, scale) = self.size;
        for (n, scene) in self.scenes.iter().enumerate() {
            let (x, y) = at(n);
            let size = egui::vec2(width, height);
            let whole = shoot(scene, self.lang, self.look, size, scale);
            shrink(&whole, &mut sheet, x, y + CAPTION);
        }
        sheet
    }
}

/// Puts a picture into a cell of a sheet, each pixel the mean of those it stands for.
fn shrink(from: &Picture, onto: &mut Picture, left: usize, top: usize) {
    let (width, height) = (CELL.0.min(from.width), CELL.1.min(from.height));
    let begins = |n: usize, of: usize, room: usize| n * of / room;
    for y in 0..height {
        let rows = begins(y, from.height, height)..begins(y + 1, from.height, height);
        let mut sums = vec![[0_u32; 4]; width];
        for row in rows {
            let line = &from.rgba[row * from.width * 4..][..from.width * 4];
            for (x, sum) in sums.iter_mut().enumerate() {
                let (a, b) = (
                    begins(x, from.width, width),
                    begins(x + 1, from.width, width),
                );
                let mut at = a * 4;
                while at < b * 4 {
                    sum[0] += u32::from(line[at]);
                    sum[1] += u32::from(line[at + 1]);
                    sum[2] += u32::from(line[at + 2]);
                    sum[3] += 1;
                    at += 4;
                }
            }
        }
        let line = &mut onto.rgba[((top + y) * onto.width + left) * 4..][..width * 4];
        for (pixel, sum) in line.chunks_exact_mut(4).zip(&sums) {
            let mean = |part: u32| u8::try_from(part / sum[3].max(1)).unwrap_or(u8::MAX);
            pixel[..3].copy_from_slice(&[mean(sum[0]), mean(sum[1]), mean(sum[2])]);
        }
    }
}

fn sheets(zoom: bool, only: &str) -> Vec<Sheet> {
    let mut sizes = vec![(1366.0, 768.0, 1.0), (1920.0, 1080.0, 1.0)];
    if zoom {
        sizes.push((683.0, 384.0, 2.0));
    }
    let chosen: Vec<&'static Scene> = scenes().filter(|(name, ..)| name.contains(only)).collect();
    let mut all = Vec::new();
    for size in sizes {
        for lang in Lang::ALL {
            for look in Look::ALL {
                for (n, scenes) in chosen.chunks(ACROSS * DOWN).enumerate() {
                    all.push(Sheet {
                        size,
                        lang,
                        look,
                        number: n + 1,
                        scenes: scenes.to_vec(),
                    });
                }
            }
        }
    }
    all
}

fn write(dir: &Path, sheet: &Sheet) {
    let file = dir.join(format!("{}.png", sheet.name()));
    std::fs::write(file, sheet.draw().png().unwrap()).unwrap();
}

fn main() {
    let mut args = std::env::args().skip(1).peekable();
    let dir = PathBuf::from(args.next().unwrap_or_else(|| "sheets".into()));
    let zoom = args.next_if(|arg| arg == "zoom").is_some();
    let only = args.next().unwrap_or_default();
    std::fs::create_dir_all(&dir).unwrap();
    let (all, next) = (sheets(zoom, &only), AtomicUsize::new(0));
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get());
    std::thread::scope(|scope| {
        for _ in 0..threads.min(8) {
            scope.spawn(|| {
                while let Some(sheet) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    write(&dir, sheet);
                }
            });
        }
    });
    println!("{} sheets in {}", all.len(), dir.display());
}
