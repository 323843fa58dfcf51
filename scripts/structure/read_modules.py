"""Reads Python files as `read-module.ts` reads TypeScript: a JSON array of modules, paths from the root.

    python3 scripts/structure/read_modules.py ROOT FOLDER...
"""

import ast
import io
import json
import sys
import tokenize
from pathlib import Path

BLANK = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER}
SCOPES = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def main():
    root = Path(sys.argv[1])
    paths = sorted(path for folder in sys.argv[2:] for path in (root / folder).rglob("*.py"))
    names = {name: path for path in paths for name in names_of(path, root)}
    json.dump([read(path, root, names) for path in paths], sys.stdout)


def names_of(path, root):
    """Every dotted name by which a file may be imported, whichever of its folders Python looks in."""
    parts = path.relative_to(root).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    return [".".join(parts[start:]) for start in range(len(parts))]


def read(path, root, names):
    text = path.read_text()
    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return {
        "path": path.relative_to(root).as_posix(),
        "lines": len(text.splitlines()),
        "commentLines": len(comment_lines(text, tree)),
        "exports": sum(1 for name in names_in(tree) if not name.startswith("_")),
        "functions": [{"name": node.name, "lines": node.end_lineno - node.lineno + 1} for node in functions],
        "imports": list(imports_of(tree, path, root, names)),
    }


def comment_lines(text, tree):
    """Lines that hold a comment and nothing else, and those of docstrings."""
    comments, code = set(), set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in BLANK:
            continue
        lines = comments if token.type == tokenize.COMMENT else code
        lines.update(range(token.start[0], token.end[0] + 1))
    docstrings = set()
    for node in ast.walk(tree):
        if isinstance(node, SCOPES) and ast.get_docstring(node) is not None:
            docstrings.update(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return comments - code | docstrings


def names_in(tree):
    """What a module defines for whoever imports it."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def imports_of(tree, path, root, names):
    """Imports of other files that were read, as paths from the root."""
    here = path.relative_to(root).with_suffix("").parts
    package = here[:-1]
    types = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            wanted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            wanted = [f"{base}.{alias.name}" for alias in node.names]
            wanted = [name if name in names else base for name in wanted]
        else:
            continue
        for name in wanted:
            if name in names and names[name] != path:
                yield {"target": names[name].relative_to(root).as_posix(), "isType": node in types}


main()
