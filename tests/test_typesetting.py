"""What templates print is what Jinja prints, though they are set in our own way."""

from __future__ import annotations

import traceback
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.sandbox import SandboxedEnvironment, unsafe
from markupsafe import Markup

from digest.build import lay_out
from digest.folder import PACKAGED
from digest.memo import Memo
from digest.model.claim import Digest
from digest.site.pages import pages, shared
from digest.site.render import render
from digest.site.templates import _OPTIONS, templates
from digest.site.typesetting import Environment, Typesetter

PARTS = """
{% macro one(a, b="<i>") %}{{ a }}{% if b %}{{ b }}{% endif %}{% endmacro %}
{% macro many() %}{{ varargs | join("&") }}{% endmacro %}
{% macro by_name() %}{{ kwargs.a }}{% endmacro %}
{% macro around(a) %}<p>{{ a }}{{ caller() }}</p>{% endmacro %}
{% macro deep(of) %}{% if of %}<b>{{ deep(of[1:]) }}</b>{% endif %}{% endmacro %}
{% macro wide(a) %}{{ one(a, one(a)) }}{{ one(b=a, a=1) }}{% endmacro %}
"""
FRAME = "<{% block a %}{{ value }}<{% endblock %}{{ value }}>"
EACH = (
    "{{ value }}",
    "{{ value ~ '<' }}{{ value is string }}",
    "{{ [value, '<'] | join(', ') }}{{ value | default('<') }}",
    "{% autoescape false %}{{ value }}{{ parts.one(value) }}{% endautoescape %}",
    "{% set held %}<{{ value }}>{% endset %}{{ held }}",
    "{% filter upper %}{{ value }}<{% endfilter %}",
    "{{ parts.one(value) }}{{ parts.one(value, '<') }}{{ parts.one(value, none) }}",
    "{{ parts.one(b=value, a=1) }}{{ parts.one(*[value]) }}{{ parts.one(**{'a': value}) }}",
    "{{ parts.one(parts.one(value)) }}{{ parts.one(value) ~ '<' }}{{ parts.one(value) | upper }}",
    "{{ parts.many(value, value) }}{{ parts.by_name(a=value) }}",
    "{% call parts.around(value) %}{{ value }}<{% endcall %}",
    "{{ parts.deep('abc') }}{{ parts.wide(value) }}",
    "{% for n in [1, 2] %}{{ parts.one(value, n) }}{% set m = n %}{{ held('m') }}{% endfor %}",
    "{% set n = '<' %}{{ held('n') }}{{ held('value') }}",
    "{{ {'a': value}.a }}{{ dict(items=value)['items'] }}{{ cycler(value, 1).next() }}",
    "{{ value.strip() }}",
    "100 % {{ value }} %s{{ value }}%% {# #}{{ 1 }}",
    "{{ {'class': value}.class }}{{ {'ﬁ': value}.ﬁ }}{{ {'of': value}.of }}",
    "{% autoescape loud %}{{ value }}{{ parts.one(value, '<') }}{% endautoescape %}",
    "{% macro b(a) %}<{{ a }}{% endmacro %}{% macro c(a) %}{{ b(a) }}{% endmacro %}"
    "{% autoescape false %}{{ c(value) }}{% endautoescape %}",
    "{% extends 'frame' %}{{ value }}<{% block a %}<{{ value }}{{ super() }}{% endblock %}",
    "{% if value %}{% extends 'frame' %}{% endif %}{{ value }}<",
)
WRONG = (
    "{{ nobody }}",
    "a {{ value }}\nb {{ nobody }} c {{ value }}",
    "{{ nobody.name }}",
    "{{ own.ﬁ.name }}",
    "{{ value.nobody }}",
    "{{ value.nobody.name }}",
    "{{ {'a': 1}.b }}",
    "{{ parts.one() }}",
    "{{ parts.one(1, 2, 3) }}",
    "{{ parts.one(1, c=3) }}",
    "{{ parts.nobody(1) }}",
    "{{ parts.around(1) }}",
    "{{ value(1) }}",
    "{{ fails() }}",
)


class Told(str):
    """A kind of text."""


class Own:
    """Has HTML of its own."""

    fi = "not what is asked for where the two letters are joined"

    def __html__(self) -> str:
        return "<own>"


values = st.one_of(
    st.text("<>&\"'a’[%{", max_size=6),
    st.text(max_size=6).map(Markup),
    st.text("<&", max_size=6).map(Told),
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.sampled_from([None, Own(), ("<",), jinja2.Undefined(), b"<", Told, {"strip": "<"}]),
)


@jinja2.pass_context
def held(context: jinja2.runtime.Context, name: str) -> str:
    """What a name stands for where it is called."""
    return str(context.get(name))


@unsafe
def fails() -> None:
    raise ValueError("<in Python>")


@cache
def page(kind: type[jinja2.Environment], body: str) -> jinja2.Template:
    """A template with ``body`` on its line 3."""
    first = "{% import 'parts' as parts with context %}{% block all %}\n\n"
    whole = body if "extends" in body else f"{first}{body}{{% endblock %}}"
    loader = jinja2.DictLoader({"parts": PARTS, "frame": FRAME, "page": whole})
    environment = kind(loader=loader, **_OPTIONS)
    environment.globals |= {"held": held, "fails": fails, "own": Own()}
    return environment.get_template("page", globals={"loud": False})


def printed(kind: type[jinja2.Environment], body: str, value: object) -> object:
    """What is printed, or why and on which lines it fails."""
    template = page(kind, body)
    try:
        return template.render(value=value)
    except Exception as error:
        trace = traceback.extract_tb(error.__traceback__)
        return type(error), str(error), [at.lineno for at in trace if at.filename == "<template>"]


@pytest.mark.parametrize("body", EACH)
@settings(deadline=None)
@given(value=values)
def test_every_kind_of_value_is_printed_as_jinja_prints_it(body: str, value: object):
    assert printed(Environment, body, value) == printed(jinja2.Environment, body, value)


@pytest.mark.parametrize("body", WRONG)
def test_what_is_wrong_in_a_template_is_told_as_jinja_tells_it_at_its_line(body: str):
    why = printed(Environment, body, date(2025, 5, 1))
    assert why == printed(jinja2.Environment, body, date(2025, 5, 1))
    assert isinstance(why, tuple)
    assert {3, 4} & {*why[2]}


@settings(deadline=None)
@given(text=st.text("<>&\"'a%", max_size=9))
def test_nothing_is_escaped_twice_and_nothing_not_at_all(text: str):
    said = printed(Environment, "{{ value }}|{{ parts.one(parts.one(value, ''), '') }}", text)
    once, through_macros = str(said).strip().split("|")
    assert once == through_macros
    assert Markup(once).unescape() == text
    assert not {"<", ">", '"', "'"} & set(once)


def test_in_a_sandbox_templates_may_do_no_more_than_there():
    class Sandbox(SandboxedEnvironment):
        code_generator_class = Typesetter

    for body in ("{{ ''.__class__.mro() }}", "{{ held.__globals__ }}", "{{ fails() }}"):
        why = printed(Sandbox, body, 1)
        assert isinstance(why, tuple), body
        assert why == printed(SandboxedEnvironment, body, 1)
    assert printed(Sandbox, "{{ parts.one(value) }}", "<") == "\n&lt;&lt;i&gt;"


def test_the_site_is_the_same_set_by_jinja_itself(digest: Digest, root: Path):
    edition = lay_out(digest, Memo(), {})
    plain = jinja2.Environment(loader=jinja2.FileSystemLoader(PACKAGED), **_OPTIONS)
    plain.filters |= templates(root).filters
    sees: dict[str, Any] = shared(edition)
    told = dict(render(pages(edition), sees, templates(root)))
    assert told == dict(render(pages(edition), sees, plain))
