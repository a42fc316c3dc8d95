//! The few pictures: rail icons, the shapes of the light, marks of a tone. Strokes, no font, no file.
//!
//! A picture never stands alone: there is always a word beside it.

use crate::theme::Theme;
use egui::{Color32, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2};
use linli_view::intent::Screen;
use linli_view::light::Light;
use linli_view::tone::Tone;

/// The icon of a screen, drawn into `rect`.
pub(super) fn screen(ui: &Ui, rect: Rect, screen: Screen, ink: Color32) {
    let stroke = Stroke::new((rect.width() / 11.0).max(1.5), ink);
    let at = |x: f32, y: f32| {
        pos2(
            rect.left() + rect.width() * x,
            rect.top() + rect.height() * y,
        )
    };
    let line = |points: &[(f32, f32)]| {
        let points: Vec<Pos2> = points.iter().map(|(x, y)| at(*x, *y)).collect();
        ui.painter().add(Shape::line(points, stroke));
    };
    let ring = |x: f32, y: f32, r: f32| {
        ui.painter()
            .circle_stroke(at(x, y), rect.width() * r, stroke);
    };
    match screen {
        Screen::Home => {
            line(&[(0.05, 0.5), (0.5, 0.1), (0.95, 0.5)]);
            line(&[(0.18, 0.42), (0.18, 0.92), (0.82, 0.92), (0.82, 0.42)]);
            line(&[(0.42, 0.92), (0.42, 0.62), (0.58, 0.62), (0.58, 0.92)]);
        }
        Screen::Notices => {
            line(&[
                (0.1, 0.76),
                (0.9, 0.76),
                (0.78, 0.6),
                (0.78, 0.36),
                (0.66, 0.18),
                (0.34, 0.18),
                (0.22, 0.36),
                (0.22, 0.6),
                (0.1, 0.76),
            ]);
            line(&[(0.42, 0.9), (0.58, 0.9)]);
            line(&[(0.5, 0.06), (0.5, 0.18)]);
        }
        Screen::Visitors => {
            ring(0.5, 0.28, 0.2);
            line(&[
                (0.12, 0.94),
                (0.18, 0.7),
                (0.36, 0.58),
                (0.64, 0.58),
                (0.82, 0.7),
                (0.88, 0.94),
                (0.12, 0.94),
            ]);
        }
        Screen::Board => {
            line(&[
                (0.1, 0.16),
                (0.9, 0.16),
                (0.9, 0.68),
                (0.46, 0.68),
                (0.26, 0.9),
                (0.26, 0.68),
                (0.1, 0.68),
                (0.1, 0.16),
            ]);
            line(&[(0.3, 0.34), (0.7, 0.34)]);
            line(&[(0.3, 0.5), (0.56, 0.5)]);
        }
        Screen::Neighbours => {
            ring(0.5, 0.2, 0.14);
            ring(0.18, 0.78, 0.14);
            ring(0.82, 0.78, 0.14);
            line(&[(0.42, 0.34), (0.26, 0.64)]);
            line(&[(0.58, 0.34), (0.74, 0.64)]);
            line(&[(0.34, 0.78), (0.66, 0.78)]);
        }
        Screen::Help => {
            // A ring that is thrown to somebody in the water.
            ring(0.5, 0.5, 0.44);
            ring(0.5, 0.5, 0.18);
            line(&[(0.19, 0.19), (0.37, 0.37)]);
            line(&[(0.81, 0.19), (0.63, 0.37)]);
            line(&[(0.19, 0.81), (0.37, 0.63)]);
            line(&[(0.81, 0.81), (0.63, 0.63)]);
        }
        Screen::Settings => {
            ring(0.5, 0.5, 0.16);
            ring(0.5, 0.5, 0.34);
        }
        Screen::Register => {
            line(&[
                (0.16, 0.08),
                (0.84, 0.08),
                (0.84, 0.92),
                (0.16, 0.92),
                (0.16, 0.08),
            ]);
            for y in [0.3, 0.5, 0.7] {
                line(&[(0.3, y), (0.7, y)]);
            }
        }
        Screen::Invite => {
            // An envelope.
            line(&[
                (0.08, 0.2),
                (0.92, 0.2),
                (0.92, 0.8),
                (0.08, 0.8),
                (0.08, 0.2),
            ]);
            line(&[(0.08, 0.2), (0.5, 0.56), (0.92, 0.2)]);
        }
        Screen::Phones => {
            // A telephone with its keys.
            line(&[
                (0.26, 0.06),
                (0.74, 0.06),
                (0.74, 0.94),
                (0.26, 0.94),
                (0.26, 0.06),
            ]);
            line(&[(0.38, 0.26), (0.62, 0.26)]);
            ring(0.4, 0.5, 0.03);
            ring(0.6, 0.5, 0.03);
            ring(0.4, 0.66, 0.03);
            ring(0.6, 0.66, 0.03);
            line(&[(0.42, 0.84), (0.58, 0.84)]);
        }
        Screen::Doorbell => {
            // A door with its bell beside it.
            line(&[
                (0.1, 0.94),
                (0.1, 0.08),
                (0.6, 0.08),
                (0.6, 0.94),
                (0.1, 0.94),
            ]);
            ring(0.46, 0.54, 0.04);
            ring(0.86, 0.44, 0.12);
        }
    }
}

/// The light: a colour, and a shape for who cannot tell the colours apart.
pub(super) fn light(ui: &mut Ui, theme: &Theme, light: Light) {
    let side = theme.size.body;
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    let (ink, _) = theme.tone(light.tone());
    let painter = ui.painter();
    let (centre, r) = (rect.center(), side * 0.42);
    let stroke = Stroke::new((side / 8.0).max(2.0), ink);
    let at = |x: f32, y: f32| centre + vec2(x, y) * r;
    match light {
        // A full disc: all of it is elsewhere too.
        Light::Green => {
            painter.circle_filled(centre, r, ink);
        }
        // A ring: it waits.
        Light::Grey => {
            painter.circle_stroke(centre, r * 0.85, stroke);
        }
        // Two arrows' worth of movement, standing still: up and down.
        Light::Blue => {
            painter.add(Shape::line(
                vec![at(-0.9, -0.1), at(-0.45, -0.9), at(0.0, -0.1)],
                stroke,
            ));
            painter.add(Shape::line(
                vec![at(0.0, 0.1), at(0.45, 0.9), at(0.9, 0.1)],
                stroke,
            ));
        }
        // A triangle: look.
        Light::Yellow => {
            painter.add(Shape::convex_polygon(
                vec![at(0.0, -1.0), at(1.0, 0.8), at(-1.0, 0.8)],
                ink,
                Stroke::NONE,
            ));
        }
        // A square: stop.
        Light::Red => {
            painter.rect_filled(
                Rect::from_center_size(centre, Vec2::splat(r * 1.8)),
                1.0,
                ink,
            );
        }
    }
}

/// The mark beside a sentence in a coloured frame.
pub(super) fn mark(ui: &mut Ui, theme: &Theme, tone: Tone) {
    let side = theme.size.body;
    let (rect, _) = ui.allocate_exact_size(vec2(side, side * theme.size.line), Sense::hover());
    let (ink, ground) = theme.tone(tone);
    let painter = ui.painter();
    let (centre, r) = (rect.center(), side * 0.45);
    let at = |x: f32, y: f32| centre + vec2(x, y) * r;
    let stroke = Stroke::new((side / 8.0).max(2.0), ground);
    match tone {
        Tone::Good => {
            painter.circle_filled(centre, r, ink);
            painter.add(Shape::line(
                vec![at(-0.45, 0.0), at(-0.1, 0.4), at(0.5, -0.35)],
                stroke,
            ));
        }
        Tone::Warn | Tone::Alert | Tone::Danger => {
            painter.add(Shape::convex_polygon(
                vec![at(0.0, -1.0), at(1.05, 0.85), at(-1.05, 0.85)],
                ink,
                Stroke::NONE,
            ));
            painter.line_segment([at(0.0, -0.4), at(0.0, 0.25)], stroke);
            painter.circle_filled(at(0.0, 0.58), stroke.width * 0.55, ground);
        }
        Tone::Plain | Tone::Quiet | Tone::Info => {
            painter.circle_filled(centre, r, ink);
            painter.line_segment([at(0.0, -0.05), at(0.0, 0.5)], stroke);
            painter.circle_filled(at(0.0, -0.45), stroke.width * 0.6, ground);
        }
    }
}

/// The shape of a verdict, `side` points high: a disc with a tick, a triangle, an octagon with a bar. No two have the
/// same outline, so they are told apart without colour.
pub(super) fn verdict(ui: &mut Ui, theme: &Theme, tone: Tone, side: f32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    let (ink, ground) = theme.tone(tone);
    let painter = ui.painter();
    let (centre, r) = (rect.center(), side * 0.46);
    let at = |x: f32, y: f32| centre + vec2(x, y) * r;
    let stroke = Stroke::new((side / 9.0).max(2.0), ground);
    match tone {
        Tone::Good => {
            painter.circle_filled(centre, r, ink);
            painter.add(Shape::line(
                vec![at(-0.45, 0.0), at(-0.1, 0.4), at(0.5, -0.35)],
                stroke,
            ));
        }
        Tone::Danger | Tone::Alert => {
            let (long, short) = (1.0, 0.414);
            let corners = [
                (-short, -long),
                (short, -long),
                (long, -short),
                (long, short),
                (short, long),
                (-short, long),
                (-long, short),
                (-long, -short),
            ];
            let corners = corners.map(|(x, y)| at(x, y)).to_vec();
            painter.add(Shape::convex_polygon(corners, ink, Stroke::NONE));
            painter.line_segment([at(-0.55, 0.0), at(0.55, 0.0)], stroke);
        }
        Tone::Warn | Tone::Plain | Tone::Quiet | Tone::Info => {
            painter.add(Shape::convex_polygon(
                vec![at(0.0, -1.0), at(1.05, 0.85), at(-1.05, 0.85)],
                ink,
                Stroke::NONE,
            ));
            painter.line_segment([at(0.0, -0.35), at(0.0, 0.25)], stroke);
            painter.circle_filled(at(0.0, 0.58), stroke.width * 0.55, ground);
        }
    }
}
