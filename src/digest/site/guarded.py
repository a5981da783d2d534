"""Templates that come with a digest run within bounds: whoever builds it need not have read them.

Jinja's sandbox keeps Python's own names from them. Bounded here is what it lets run on: entering
a template, a block, a macro or one turn of a loop costs as many steps as that holds, a page may
take so many, and a page may take only so much memory. Steps are counted and no clock is read, so
that every machine refuses the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, cast

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST = 30_000_000  # steps of one page; a timeline of ten thousand statements takes a third
_CALL = 30  # steps that it costs to enter anything but a turn of a loop
_GIVEN = 10  # steps that a call or a filter costs, besides the length of what it gives
MEMORY = 256_000_000  # bytes that one page may take beside what there is already
_PARTS = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)
_BITS = 1_000  # of a product


class Guarded(ImmutableSandboxedEnvironment):
    """An environment whose templates take so many steps, and in which they change nothing."""

    intercepted_binops = frozenset(("*", "**"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.left = MOST
        # Random ones would not give the same bytes, and one number can take for ever to round.
        del self.globals["lipsum"], self.filters["random"], self.filters["round"]
        self.filters = {name: self._weighing(one) for name, one in self.filters.items()}
        self.filters["spend"] = self._spend

    def _generate(self, source: nodes.Template, *named: Any, **options: Any) -> str:
        """The code of a template, in which each part pays for itself as it is entered."""
        for part in cast("list[nodes.For]", [source, *source.find_all(_PARTS)]):
            steps = sum(1 for _ in part.find_all(nodes.Node))
            cost = nodes.Const(steps if isinstance(part, nodes.For) else steps + _CALL)
            paid = nodes.Filter(cost, "spend", [], [], None, None)
            part.body.insert(0, nodes.ExprStmt(paid).set_lineno(part.lineno or 1))
        return super()._generate(source, *named, **options)

    @jinja2.pass_context  # what needs the context is not worked out while compiling
    def _spend(self, _: Context, steps: int) -> None:
        self.left -= abs(steps)  # a template may name this filter too
        if self.left < 0:
            raise SecurityError(f"the page takes more than {MOST:,} steps: does a loop not end?")

    @contextmanager
    def bounds(self) -> Iterator[None]:
        """While one page is made: so many steps, and so much memory."""
        self.left = MOST
        try:
            with _memory():
                yield
        except MemoryError as error:
            error.args = (f"the page takes more than {MEMORY:,} bytes of memory",)
            raise

    def _weighing(self, made: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that pays for what it gives."""
        return wraps(made)(lambda *given, **named: self._weighed(made(*given, **named)))

    def call(self, /, *given: Any, **named: Any) -> Any:
        """What a call gives, paid for."""
        return self._weighed(super().call(*given, **named))

    def _weighed(self, made: Any) -> Any:
        self.left -= _GIVEN
        if isinstance(made, (str, list, tuple, range)):
            self.left -= len(made) // 10
        return made

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A product, if it is no number that grows without end; powers are not worked out."""
        if operator == "**":
            raise SecurityError("powers are not worked out in a template")
        product = super().call_binop(context, operator, left, right)
        if isinstance(product, int) and product.bit_length() > _BITS:
            raise SecurityError("the product is too large")
        return product


@contextmanager
def _memory() -> Iterator[None]:
    """MemoryError beyond so much more than now, on systems that know such a limit."""
    try:
        import resource

        taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    within = (limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (min([taken + MEMORY, *within]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
