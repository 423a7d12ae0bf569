//! Which file of a crate uses which, read off its paths, and where they use one another in a circle.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use syn::visit::{self, Visit};
use syn::{Item, UseTree, Visibility};

/// The segments of a path, from the root of its crate.
type Segments = Vec<String>;

/// Each use, within the crate at `src`, by which a file reaches itself again. A module and its parts are one room:
/// what it says its parts may use.
pub fn of(src: &Path) -> Vec<String> {
    let crate_files = super::rust_files(src);
    let modules: BTreeMap<Segments, Module> =
        crate_files.iter().map(|file| (name(file.strip_prefix(src).unwrap()), Module::read(file))).collect();
    let uses: BTreeMap<&Segments, BTreeSet<&Segments>> = modules
        .iter()
        .map(|(name, module)| {
            let used = module.paths.iter().filter_map(|path| defining(&modules, name, path, 0));
            (name, used.filter(|used| !name.starts_with(used)).collect())
        })
        .collect();
    let reached: BTreeMap<_, _> = uses.keys().map(|name| (*name, reach(&uses, name))).collect();
    let all = uses.iter().flat_map(|(name, used)| used.iter().map(move |used| (*name, *used)));
    all.filter(|(name, used)| reached[used].contains(name))
        .map(|(name, used)| format!("{} uses {}", name.join("::"), used.join("::")))
        .collect()
}

/// The module that a file is: `a/b.rs` is `a::b`, the root of the crate has no name.
fn name(file: &Path) -> Segments {
    let segments =
        file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect::<Vec<_>>();
    match segments.as_slice() {
        [root] if root == "lib" || root == "main" => Vec::new(),
        _ => segments,
    }
}

/// What one file says of others.
#[derive(Default)]
struct Module {
    /// Paths as they are written.
    paths: BTreeSet<Segments>,
    /// Names that it has from elsewhere, and the path of each as it is written.
    names: HashMap<String, Segments>,
    children: BTreeSet<String>,
}

impl Module {
    fn read(file: &Path) -> Module {
        let mut module = Module::default();
        module.visit_file(&syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap());
        module
    }

    fn import(&mut self, tree: &UseTree, before: &[String], is_handed_on: bool) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.import(&path.tree, &with(&path.ident), is_handed_on),
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.import(tree, before, is_handed_on));
            }
            UseTree::Name(name) => self.name(name.ident.to_string(), with(&name.ident), is_handed_on),
            UseTree::Rename(name) => self.name(name.rename.to_string(), with(&name.ident), is_handed_on),
            UseTree::Glob(_) => self.name("*".to_owned(), before.to_vec(), is_handed_on),
        }
    }

    /// What is only handed on is not used.
    fn name(&mut self, name: String, mut path: Segments, is_handed_on: bool) {
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let name = if name == "self" { path.last().cloned().unwrap_or_default() } else { name };
        if !is_handed_on {
            self.paths.insert(path.clone());
        }
        self.names.insert(name, path);
    }
}

impl<'ast> Visit<'ast> for Module {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Use(item) => self.import(&item.tree, &[], !matches!(item.vis, Visibility::Inherited)),
            Item::Mod(item) if item.content.is_none() => {
                self.children.insert(item.ident.to_string());
            }
            // The tests of a file may know what they like.
            Item::Mod(_) => {}
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }
}

/// The module in which stands what `path`, written in module `from`, names; `None` if that is no file of the crate.
fn defining<'m>(
    modules: &'m BTreeMap<Segments, Module>,
    from: &Segments,
    path: &[String],
    depth: usize,
) -> Option<&'m Segments> {
    let (first, rest) = path.split_first()?;
    let module = &modules[from];
    let start = match first.as_str() {
        "crate" => Vec::new(),
        "self" => from.clone(),
        "super" => from.split_last()?.1.to_vec(),
        child if module.children.contains(child) => [from.as_slice(), &[child.to_owned()]].concat(),
        name => {
            let path = [module.names.get(name)?.as_slice(), rest].concat();
            return if depth < 8 { defining(modules, from, &path, depth + 1) } else { None };
        }
    };
    descend(modules, start, rest, depth)
}

fn descend<'m>(
    modules: &'m BTreeMap<Segments, Module>,
    start: Segments,
    rest: &[String],
    depth: usize,
) -> Option<&'m Segments> {
    let (at, module) = modules.get_key_value(&start)?;
    let Some((next, after)) = rest.split_first() else { return Some(at) };
    let is_up = next == "super";
    if is_up || module.children.contains(next) {
        let mut below = start;
        if is_up {
            below.pop();
        } else {
            below.push(next.clone());
        }
        return descend(modules, below, after, depth);
    }
    match module.names.get(next) {
        Some(_) if depth < 8 => defining(modules, at, rest, depth + 1).or(Some(at)),
        _ => Some(at),
    }
}

/// All that a file uses, and what that uses, and so on.
fn reach<'m>(
    uses: &BTreeMap<&'m Segments, BTreeSet<&'m Segments>>,
    from: &Segments,
) -> BTreeSet<&'m Segments> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&Segments> = uses[from].iter().copied().collect();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            open.extend(uses[name].iter().copied());
        }
    }
    reached
}
