//! Who is linked with whom: a ring with chords, as sparse as a neighbourhood whose computers each know a few.

use std::collections::VecDeque;

/// How far the chords reach.
const CHORD: usize = 7;

/// Links of a ring of `n` with a chord from each node to the one seven further on: four links a node.
#[must_use]
pub fn sparse(n: usize) -> Vec<(usize, usize)> {
    let mut links = Vec::new();
    for a in 0..n {
        for step in [1, CHORD] {
            let b = (a + step) % n;
            let link = (a.min(b), a.max(b));
            if a != b && !links.contains(&link) {
                links.push(link);
            }
        }
    }
    links
}

/// The most hops from a node to any other; `None` if some node cannot be reached.
#[must_use]
pub fn hops(n: usize, links: &[(usize, usize)], from: usize) -> Option<usize> {
    let mut far = vec![None; n];
    *far.get_mut(from)? = Some(0);
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        let next = far[at].map(|d: usize| d + 1);
        for (a, b) in links {
            for (x, y) in [(*a, *b), (*b, *a)] {
                if x == at && far[y].is_none() {
                    far[y] = next;
                    queue.push_back(y);
                }
            }
        }
    }
    far.into_iter()
        .collect::<Option<Vec<usize>>>()?
        .into_iter()
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_nodes_with_four_links_each_are_at_most_five_hops_apart() {
        let links = sparse(30);
        assert_eq!(links.len(), 60);
        for node in 0..30 {
            let of = links.iter().filter(|(a, b)| *a == node || *b == node);
            assert_eq!(of.count(), 4);
            assert_eq!(hops(30, &links, node), hops(30, &links, 0));
        }
        assert_eq!(hops(30, &links, 0), Some(5));
    }

    #[test]
    fn a_node_without_a_link_is_not_reached() {
        assert_eq!(hops(3, &[(0, 1)], 0), None);
        assert_eq!(hops(2, &sparse(2), 0), Some(1));
    }
}
