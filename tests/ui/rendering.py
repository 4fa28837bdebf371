"""Rendering a piece of template as pages do."""

from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory

from taicho.kernel.actor import ANONYMOUS


def compiled(template):
    """A template from text, cotton components compiled."""
    from django_cotton.compiler_regex import CottonCompiler

    return engines["django"].from_string(CottonCompiler().process(template))


def response(request, template, **context):
    """The answer of a page whose template is given as text."""
    return HttpResponse(compiled(template).render(context, request))


def render(template, actor=ANONYMOUS, path="/", **context):
    """The HTML of a piece of template, cotton components compiled, with a request around it."""
    request = RequestFactory().get(path)
    request.actor = actor
    return compiled(template).render(context, request)
