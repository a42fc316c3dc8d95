//! A window drawn without a window: egui's triangles on the processor, for pictures that are the same everywhere.
//!
//! Slow and simple: every triangle, every pixel in its box, the font's texture sampled at the nearest texel
//! (texels and pixels coincide at the scale used). Good enough to look at, and to compare.

use egui::epaint::{ClippedShape, ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, Pos2, RawInput, Rect, TextureId, TexturesDelta, Vec2, pos2};
use linli_desktop::app::App;
use linli_desktop::picture::Picture;
use std::collections::BTreeMap;

/// Textures by id: size and premultiplied pixels.
#[derive(Default)]
pub struct Canvas {
    textures: BTreeMap<TextureId, (usize, Vec<Color32>)>,
}

/// Frames that are drawn until the window is still.
const FRAMES: usize = 5;

/// The last frame of a window: what is drawn, with what it is drawn from.
pub struct Drawn {
    canvas: Canvas,
    pub shapes: Vec<ClippedShape>,
    size: Vec2,
    scale: f32,
}

/// Runs the window until it is still and draws the last frame; `after` is told of each one, by its number.
pub fn shoot(
    ctx: &egui::Context,
    app: &mut App,
    size: Vec2,
    scale: f32,
    after: impl FnMut(usize),
) -> Picture {
    frames(ctx, app, size, scale, after).picture(ctx, None)
}

/// Draws something else than a window.
pub fn paint(ctx: &egui::Context, size: Vec2, mut draw: impl FnMut(&mut egui::Ui)) -> Picture {
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
        ..RawInput::default()
    };
    let mut canvas = Canvas::default();
    let output = ctx.run_ui(input, |ui| draw(ui));
    canvas.textures(&output.textures_delta);
    let drawn = Drawn {
        canvas,
        shapes: output.shapes,
        size,
        scale: 1.0,
    };
    drawn.picture(ctx, None)
}

/// Runs the window until it is still.
pub fn frames(
    ctx: &egui::Context,
    app: &mut App,
    size: Vec2,
    scale: f32,
    mut after: impl FnMut(usize),
) -> Drawn {
    let mut canvas = Canvas::default();
    let mut shapes = Vec::new();
    for n in 0..FRAMES {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            ..RawInput::default()
        };
        input.time = Some(n as f64 / 60.0);
        input
            .viewports
            .entry(egui::ViewportId::ROOT)
            .or_default()
            .native_pixels_per_point = Some(scale);
        app.drain();
        let output = ctx.run_ui(input, |ui| app.frame(ui));
        canvas.textures(&output.textures_delta);
        shapes = output.shapes;
        after(n);
    }
    Drawn {
        canvas,
        shapes,
        size,
        scale,
    }
}

impl Drawn {
    /// The picture of it; where only some places matter, the rest stays white.
    pub fn picture(&self, ctx: &egui::Context, places: Option<&[Rect]>) -> Picture {
        let primitives = ctx.tessellate(self.shapes.clone(), self.scale);
        let whole = [Rect::EVERYTHING];
        let places = places.unwrap_or(&whole);
        let mut picture = Picture::white(
            (self.size.x * self.scale) as usize,
            (self.size.y * self.scale) as usize,
        );
        for primitive in &primitives {
            if let Primitive::Mesh(mesh) = &primitive.primitive {
                self.canvas
                    .mesh(&mut picture, mesh, primitive.clip_rect, places, self.scale);
            }
        }
        picture
    }
}

impl Canvas {
    fn textures(&mut self, delta: &TexturesDelta) {
        for (id, part) in &delta.set {
            let ImageData::Color(image) = &part.image;
            let [width, height] = image.size;
            match part.pos {
                None => {
                    self.textures.insert(*id, (width, image.pixels.clone()));
                }
                Some([left, top]) => {
                    let (stride, pixels) =
                        self.textures.get_mut(id).expect("a part follows its whole");
                    for y in 0..height {
                        for x in 0..width {
                            pixels[(top + y) * *stride + left + x] = image.pixels[y * width + x];
                        }
                    }
                }
            }
        }
    }

    fn mesh(&self, picture: &mut Picture, mesh: &Mesh, clip: Rect, places: &[Rect], scale: f32) {
        let Some((stride, texels)) = self.textures.get(&mesh.texture_id) else {
            return;
        };
        let height = texels.len() / stride;
        for corner in mesh.indices.chunks_exact(3) {
            let corners = [corner[0], corner[1], corner[2]].map(|n| mesh.vertices[n as usize]);
            let around = Rect::from_points(&corners.map(|v| v.pos));
            for place in places.iter().filter(|place| place.intersects(around)) {
                let clip = clip.intersect(*place);
                let clip = Rect::from_min_max(
                    pos2(clip.min.x * scale, clip.min.y * scale),
                    pos2(clip.max.x * scale, clip.max.y * scale),
                );
                triangle(picture, corners, clip, scale, |uv| {
                    let x = ((uv.x * *stride as f32) as usize).min(stride - 1);
                    let y = ((uv.y * height as f32) as usize).min(height - 1);
                    texels[y * stride + x]
                });
            }
        }
    }
}

fn triangle(
    picture: &mut Picture,
    corners: [Vertex; 3],
    clip: Rect,
    scale: f32,
    texel: impl Fn(Pos2) -> Color32,
) {
    let [a, b, c] = corners.map(|v| pos2(v.pos.x * scale, v.pos.y * scale));
    let area = edge(a, b, c);
    if area.abs() < 1e-6 {
        return;
    }
    let low = |f: fn(&Pos2) -> f32| [a, b, c].iter().map(f).fold(f32::INFINITY, f32::min);
    let high = |f: fn(&Pos2) -> f32| [a, b, c].iter().map(f).fold(f32::NEG_INFINITY, f32::max);
    let x0 = low(|p| p.x).max(clip.min.x).floor().max(0.0) as usize;
    let y0 = low(|p| p.y).max(clip.min.y).floor().max(0.0) as usize;
    let x1 = (high(|p| p.x).min(clip.max.x).ceil().max(0.0) as usize).min(picture.width);
    let y1 = (high(|p| p.y).min(clip.max.y).ceil().max(0.0) as usize).min(picture.height);
    let [va, vb, vc] = corners;
    let one_colour = va.color == vb.color && vb.color == vc.color;
    let one_texel = va.uv == vb.uv && vb.uv == vc.uv;
    // Most of a window is this: one colour from the white place of the texture.
    let plain = (one_colour && one_texel).then(|| tinted(va.color, texel(va.uv)));
    for y in y0..y1 {
        let py = y as f32 + 0.5;
        if py < clip.min.y || py > clip.max.y {
            continue;
        }
        let edges = [(b, c), (c, a), (a, b)].map(|(from, to)| Row::of(from, to, py, area));
        let (mut from, mut to) = (x0 as f32, x1 as f32);
        for edge in &edges {
            (from, to) = edge.narrow(from, to);
        }
        for x in from.max(x0 as f32) as usize..(to.max(0.0) as usize).min(x1) {
            let at = pos2(x as f32 + 0.5, py);
            if !clip.contains(at) {
                continue;
            }
            let [u, v, w] = edges.map(|edge| edge.weight(at.x));
            // A pixel on the common edge of two triangles belongs to one of them: the one whose edge is not "back".
            if u < 0.0
                || v < 0.0
                || w < 0.0
                || on_back_edge(u, b, c, area)
                || on_back_edge(v, c, a, area)
                || on_back_edge(w, a, b, area)
            {
                continue;
            }
            let source = plain.unwrap_or_else(|| {
                let uv = pos2(
                    va.uv.x * u + vb.uv.x * v + vc.uv.x * w,
                    va.uv.y * u + vb.uv.y * v + vc.uv.y * w,
                );
                if one_colour {
                    return tinted(va.color, texel(uv));
                }
                let mix = |f: fn(Color32) -> u8| {
                    f32::from(f(va.color)) * u
                        + f32::from(f(vb.color)) * v
                        + f32::from(f(vc.color)) * w
                };
                let mixed = [
                    mix(|c| c.r()),
                    mix(|c| c.g()),
                    mix(|c| c.b()),
                    mix(|c| c.a()),
                ];
                part(mixed, texel(uv))
            });
            // Half of all texels of a glyph's box are nothing.
            if source[3] <= 0.0 && source[0] + source[1] + source[2] <= 0.0 {
                continue;
            }
            let pixel = &mut picture.rgba[(y * picture.width + x) * 4..][..3];
            let through = 1.0 - source[3] / 255.0;
            // Rounded; a cast keeps within the byte. One by one, not in a loop: this is where all the time goes.
            let mix = |new: f32, old: u8| (new + f32::from(old) * through + 0.5) as u8;
            pixel[0] = mix(source[0], pixel[0]);
            pixel[1] = mix(source[1], pixel[1]);
            pixel[2] = mix(source[2], pixel[2]);
        }
    }
}

/// A colour through a texel, premultiplied, 0 to 255.
fn part(colour: [f32; 4], texel: Color32) -> [f32; 4] {
    let [r, g, b, a] = colour;
    let part = |vertex: f32, texel: u8| vertex * f32::from(texel) / 255.0;
    [
        part(r, texel.r()),
        part(g, texel.g()),
        part(b, texel.b()),
        part(a, texel.a()),
    ]
}

fn tinted(colour: Color32, texel: Color32) -> [f32; 4] {
    part(colour.to_array().map(f32::from), texel)
}

/// One edge of a triangle along one row of pixels: how much a point weighs is a straight line there.
#[derive(Clone, Copy)]
struct Row {
    begin: f32,
    dy: f32,
    from_x: f32,
    area: f32,
}

impl Row {
    fn of(from: Pos2, to: Pos2, y: f32, area: f32) -> Self {
        Self {
            begin: (to.x - from.x) * (y - from.y),
            dy: to.y - from.y,
            from_x: from.x,
            area,
        }
    }

    fn weight(&self, x: f32) -> f32 {
        (self.begin - self.dy * (x - self.from_x)) / self.area
    }

    /// Leaves out pixels that are outside for certain; one on each side is asked for nothing.
    fn narrow(&self, from: f32, to: f32) -> (f32, f32) {
        if self.dy == 0.0 {
            return (from, to);
        }
        let zero = self.from_x + self.begin / self.dy;
        if self.dy * self.area > 0.0 {
            (from, to.min(zero + 1.5))
        } else {
            (from.max(zero - 1.5), to)
        }
    }
}

fn edge(a: Pos2, b: Pos2, p: Pos2) -> f32 {
    (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)
}

fn on_back_edge(weight: f32, from: Pos2, to: Pos2, area: f32) -> bool {
    if weight != 0.0 {
        return false;
    }
    let (dx, dy) = (
        (to.x - from.x) * area.signum(),
        (to.y - from.y) * area.signum(),
    );
    !(dy < 0.0 || (dy == 0.0 && dx > 0.0))
}
