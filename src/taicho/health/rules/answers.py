"""Are the answers of a declaration complete, and does one of them call for help? (F1, F8)"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from taicho.health.rules.questionnaire import Questionnaire
from taicho.kernel.refusals import Refusal

Answers = Mapping[str, bool]


def checked(asked: Questionnaire, answers: Answers) -> dict[str, bool]:
    """The answers in the order of the questions, ticks after their question.

    Every question is answered; who answers "có" once may send at once and answer the rest later. Refused:
    unknown-answer, unanswered.
    """
    known = {one.key for one in asked.questions}
    ticks = {one.detail_key(detail): one.key for one in asked.questions for detail in one.details}
    for key, value in answers.items():
        if not isinstance(value, bool) or key not in (known | ticks.keys()):
            raise Refusal(_("Phiếu khai báo đã đổi câu hỏi. Mở lại trang và trả lời lại."), code="unknown-answer")
    if not known <= answers.keys() and not any(answers.get(key) for key in known):
        raise Refusal(_("Trả lời đủ các câu rồi gửi."), code="unanswered")
    said = {one.key: answers[one.key] for one in asked.questions if one.key in answers}
    return said | {key: True for key, of in ticks.items() if answers.get(key) and said.get(of)}


def calls_for_help(answers: Answers) -> bool:
    """Whether any answer is "có"."""
    return any(answers.values())


def only_completes(new: Answers, old: Answers) -> bool:
    """Whether the new answers keep every old one and only add to them: no change, so nothing to give a reason for."""
    return all(new.get(key) == value for key, value in old.items())
