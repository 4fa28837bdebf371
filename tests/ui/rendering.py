"""Rendering a piece of template as pages do."""

from django.template import engines
from django.test import RequestFactory

from taicho.kernel.actor import ANONYMOUS


def render(template, actor=ANONYMOUS, path="/", **context):
    """The HTML of a piece of template, cotton components compiled, with a request around it."""
    from django_cotton.compiler_regex import CottonCompiler

    request = RequestFactory().get(path)
    request.actor = actor
    compiled = CottonCompiler().process(template)
    return engines["django"].from_string(compiled).render(context, request)
