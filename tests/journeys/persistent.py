"""Hands that go on whatever is killed under them: what was acknowledged they keep, what was not they send again."""

import random
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from uuid import uuid4

from tests.journeys.paper_browser import Hand, forms_in

WELL = {"symptoms": "no", "contact": "no", "affected_place": "no", "go": "send"}
COOL = {"temperature": "36,5"}
PASSES = ("enter", "leave")
ANSWERS = (302, 400, 403, 404, 409)


@dataclass
class Persistent:
    """Somebody at a machine, for some people, until it is over. `day` holds the day that is simulated."""

    url: str
    cookie: dict
    people: list
    day: list
    over: threading.Event
    acknowledged: dict = field(default_factory=dict)
    refused: list = field(default_factory=list)

    def work(self):
        """Until it is over: the next person by chance."""
        hand, luck = Hand(self.url, dict(self.cookie)), random.Random(str(self.people[0]))
        while not self.over.is_set():
            self.serve(hand, luck.choice(self.people), self.day[0])

    def send(self, hand, address, day, make):
        """Send what `make` makes of the page, with the same id until an answer comes, while the day lasts: the id and the answer.

        None where the page offers nothing to do. An answer that refuses what was sent is kept in `refused`.
        """
        made = None
        while not self.over.is_set() and self.day[0] == day:
            try:
                made = made or make(self.page(hand, address))
                if made is None:
                    return None
                form, answers, key = made
                status, _, leads = hand.send(form, address, press=key, **answers)
            except (OSError, HTTPException):
                status = 0
            if status == 302:
                return answers["client_id"], leads
            if status in ANSWERS:
                self.refused.append(answers["client_id"])
                return None
            time.sleep(0.05)
        return None

    def page(self, hand, address):
        """The form with an id on the page; None when there is none. Raises OSError while nobody answers."""
        status, text, _ = hand.open(address)
        if status != 200:
            raise OSError(status)
        return next((form for form in forms_in(text) if "client_id" in form.fields), None)


class Typist(Persistent):
    """The health post types declarations: `people` are keys of persons; acknowledged is (person, day) → id."""

    def serve(self, hand, person, day):
        """One declaration, of somebody who has not declared today."""
        if (person, day) in self.acknowledged:
            return
        sent = self.send(hand, f"/khai-bao/cho/{person}", day, self.well)
        if sent:
            self.acknowledged[person, day] = sent[0]

    def well(self, form):
        """Three times no."""
        return form and (form, WELL | {"client_id": str(uuid4())}, (None, ""))


class Guard(Persistent):
    """The guard lets people in and out: `people` are keys of passes; acknowledged is id → (pass, key pressed, measured)."""

    def serve(self, hand, shown, day):
        """In, when the verdict offers it; out, when somebody is inside."""
        pressed = {}

        def press(form):
            offered = [value for name, value in form.buttons if name == "act"] if form else []
            key = next((one for one in PASSES if one in offered), None)
            if key is None:
                return None
            measured = COOL if "temperature" in form.fields and key == "enter" else {}
            pressed.update(key=key, measured=bool(measured))
            return form, {**measured, "client_id": str(uuid4())}, ("act", key)

        sent = self.send(hand, f"/cong/the/{shown}", day, press)
        if sent and sent[1].endswith("/cong"):
            self.acknowledged[sent[0]] = (shown, pressed["key"], pressed["measured"])
        elif not sent:
            time.sleep(0.05)
