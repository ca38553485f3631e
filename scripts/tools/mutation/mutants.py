"""All small changes to one module: mutmut's mutators, and a few more that test conditions and statements.

mutmut's own runner replaces functions by trampolines: it never changes the tables and other constants of a
module, nor decorated functions, and it picks tests by function. Here rules stand in such tables, and hundreds
of tests reach one function. So only its mutators are used; each change is made in the text of a copy.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import attrs
import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider, WhitespaceInclusivePositionProvider
from mutmut.mutation import mutators

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libcst.metadata import CodePosition


@attrs.frozen
class Mutant:
    """One change to a module, `before` and `after` being the lines that change.

    `reached_by` are the lines of its statement: a test that runs one of them may notice. None: it runs at
    import.
    """

    module: str
    function: str
    line: int
    reached_by: range | None
    before: str
    after: str
    source: str = attrs.field(repr=False)
    key: str


def _drop_operand(node: cst.BooleanOperation) -> Iterator[cst.CSTNode]:
    """`a and b`: `a`, and `b`."""
    for operand in (node.left, node.right):
        yield operand.with_changes(lpar=[*node.lpar, *operand.lpar], rpar=[*operand.rpar, *node.rpar])


def _return_nothing(node: cst.Return) -> Iterator[cst.CSTNode]:
    """`return a`: `return None`. In place of False it is nearly always the same."""
    if node.value is not None and _name_of(node.value) not in {"None", "False"}:
        yield node.with_changes(value=cst.Name("None"), whitespace_after_return=cst.SimpleWhitespace(" "))


def _drop_small_statement(node: cst.Expr | cst.Raise) -> Iterator[cst.CSTNode]:
    """A call whose value is not used, or a raise: nothing."""
    if not isinstance(node, cst.Expr) or not isinstance(node.value, cst.BaseString):
        yield cst.Pass()


def _change_word(node: cst.BaseString) -> Iterator[cst.CSTNode]:
    """Change a key or another word; prose is no rule."""
    if isinstance(node, cst.SimpleString) and " " not in node.value:
        yield from list(mutators.operator_string(node))[:1]


def _without_argument(node: cst.Call) -> Iterator[cst.CSTNode]:
    """None for each argument. Leaving one out as well is nearly always a TypeError."""
    count = sum(arg.star == "" and _name_of(arg.value) != "None" for arg in node.args)
    yield from list(mutators.operator_arg_removal(node))[:count]


_REPLACED: Final = {
    mutators.operator_string: _change_word,
    mutators.operator_arg_removal: _without_argument,
}
#: What is changed, and how.
MUTATORS: Final[tuple[tuple[type[cst.CSTNode], Any], ...]] = (
    *(
        (kind, _REPLACED.get(change, change))
        for kind, change in mutators.mutation_operators
        if change is not mutators.operator_match
    ),
    (cst.CompIf, mutators.operator_if_exp),
    (cst.BooleanOperation, _drop_operand),
    (cst.Expr, _drop_small_statement),
    (cst.Raise, _drop_small_statement),
    (cst.Return, _return_nothing),
)
#: Types and imports are no rules, nor is prose.
_SKIPPED: Final = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom, cst.ConcatenatedString)
_OPAQUE_CALLS: Final = frozenset({"len", "isinstance", "cast", "TypeVar"})


def mutants(module: str, source: str) -> list[Mutant]:
    """Return every change of the module, each once, in the order of the text."""
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    finder = _Finder(module, wrapper.module, source)
    wrapper.visit(finder)
    return list(finder.found.values())


class _Finder(cst.CSTVisitor):
    """Walks a module and collects the changes of each node."""

    METADATA_DEPENDENCIES = (PositionProvider, WhitespaceInclusivePositionProvider)

    def __init__(self, path: str, module: cst.Module, source: str) -> None:
        super().__init__()
        self.found: dict[str, Mutant] = {}
        self._path = path
        self._module = module
        self._source = source
        self._lines = source.splitlines(keepends=True)
        self._starts = [0, *itertools.accumulate(map(len, self._lines))]
        self._same: Counter[tuple[str, str, str]] = Counter()
        #: What is around the node, the outermost first.
        self._names: list[str] = []
        self._functions: list[cst.CSTNode] = []
        self._statements: list[cst.CSTNode] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if _is_no_rule(node):
            return False
        if isinstance(node, cst.BaseCompoundStatement | cst.SimpleStatementLine):
            self._statements.append(node)
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._names.append(node.name.value)
        if isinstance(node, cst.FunctionDef):
            self._functions.append(node)
        if self._statements:
            self._mutate(node)
        return not isinstance(node, cst.Raise)

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._names.pop()
        for around in (self._statements, self._functions):
            if around and around[-1] is original_node:
                around.pop()

    def _mutate(self, node: cst.CSTNode) -> None:
        if isinstance(node, cst.If):
            for forced in mutators.operator_if_exp(node):  # type: ignore[arg-type] # its test is all it takes
                self._add(node.test, forced.test)
        if isinstance(node, cst.Call) and _name_of(node.func) in _OPAQUE_CALLS:
            return
        for kind, mutator in MUTATORS:
            at_import = mutator is mutators.operator_assignment and not self._functions
            if isinstance(node, kind) and not at_import:
                for changed in mutator(node):
                    self._add(node, changed)

    def _add(self, node: cst.CSTNode, changed: cst.CSTNode) -> None:
        span = self.get_metadata(WhitespaceInclusivePositionProvider, node)
        begin, end = self._offset(span.start), self._offset(span.end)
        text = self._module.code_for_node(changed)
        source = self._source[:begin] + text + self._source[end:]
        if source == self._source or source in self.found:
            return
        first, last = span.start.line - 1, span.end.line
        before = _on_one_line("".join(self._lines[first:last]))
        after = _on_one_line(
            self._lines[first][: span.start.column] + text + self._lines[last - 1][span.end.column :]
        )
        function = ".".join(self._names)
        number = self._same[function, before, after]
        self._same[function, before, after] += 1
        words = "\0".join((self._path, function, before, after, str(number)))
        key = hashlib.sha256(words.encode()).hexdigest()[:10]
        line = self._span(node).start
        self.found[source] = Mutant(
            self._path, function, line, self._reached_by(), before, after, source, key
        )

    def _offset(self, position: CodePosition) -> int:
        return self._starts[position.line - 1] + position.column

    def _reached_by(self) -> range | None:
        if not self._functions:
            return None
        statement = self._statements[-1]
        span = self._span(statement)
        body = getattr(statement, "body", None)
        if isinstance(statement, cst.FunctionDef) or not isinstance(body, cst.BaseSuite):
            return span
        return range(span.start, max(span.start + 1, self._span(body).start))

    def _span(self, node: cst.CSTNode) -> range:
        span = self.get_metadata(PositionProvider, node)
        return range(span.start.line, span.end.line + 1)


def _is_no_rule(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Call):
        return _name_of(node.func).endswith(("Error", "TypeVar"))
    if isinstance(node, cst.AnnAssign):
        return _name_of(node.annotation.annotation) == "TypeAlias"
    if isinstance(node, cst.Assign):
        return _name_of(node.targets[0].target) == "__all__"
    if isinstance(node, cst.FormattedString):
        return any(isinstance(part, cst.FormattedStringText) and " " in part.value for part in node.parts)
    if isinstance(node, cst.If):
        return _name_of(node.test) == "TYPE_CHECKING"
    return isinstance(node, _SKIPPED)


def _name_of(node: cst.CSTNode) -> str:
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""


def _on_one_line(text: str) -> str:
    return " ".join(line.strip() for line in text.splitlines() if line.strip())
