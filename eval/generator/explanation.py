"""The words of a made-up disclosure: duties before the tables, the explanation after them, the terms at the end."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from eval.generator.budget import Amount, Budget, share
from eval.generator.drawing import Known, Line
from eval.generator.figures import Figure, in_words, percent
from eval.generator.rows import ordinal
from eval.generator.words import words

_NAME = re.compile(r"\{(\w+)\}")


def beginning(budget: Budget, part: str) -> Iterator[Line]:
    subject = re.sub("[局馆]$", "", budget.department)[-4:]
    yield Line(part, heading=1)
    yield Line("一、主要职责", heading=2)
    for position, duty in enumerate(words().duties, 1):
        yield Line(f"（{ordinal(position)}）{duty.format(subject=subject)}")


def explanation(budget: Budget, part: str, seed: int) -> Iterator[Line]:
    """Each section of the explanation, in one of its variants."""
    chance = random.Random(f"{seed}/{budget.department}/{budget.year}")
    figures = _figures(budget)
    yield Line(part, heading=1)
    for position, section in enumerate(words().explanation, 1):
        heading = f"{ordinal(position)}、{section.heading}"
        yield Line(heading, heading=2)
        for variants in section.sentences:
            yield _told(chance.choice(variants), heading, figures, budget)


def terms(part: str) -> Iterator[Line]:
    yield Line(part, heading=1)
    for position, term in enumerate(words().glossary, 1):
        yield Line(f"{ordinal(position)}、{term}")


def _told(sentence: str, heading: str, figures: dict[str, Figure], budget: Budget) -> Line:
    used = [figures[name] for name in _NAME.findall(sentence) if name in figures]
    plain = {"year": str(budget.year), "department": budget.department}
    text = _NAME.sub(lambda match: plain.get(match[1]) or figures[match[1]].printed, sentence)
    known = (Known(heading, number=figure.number, unit=figure.unit, printed=figure.printed) for figure in used)
    return Line(text, known=tuple(fact for fact in known if fact.number))


def _figures(budget: Budget) -> dict[str, Figure]:
    """Every figure and word of direction that a sentence may name."""
    public, (goods, engineering, services) = budget.three_public, budget.procurement
    general, funds = budget.general().current, budget.funds().current
    amounts = {
        "total": budget.total,
        "current": budget.current,
        "general": general,
        "funds": funds,
        "basic": budget.basic,
        "project": budget.project + budget.carried_over,
        "personnel": budget.people_cost,
        "operating": budget.office_cost,
        "three_public": public.total,
        "abroad": public.abroad,
        "vehicles": public.vehicles,
        "reception": public.reception,
        "procurement": goods + engineering + services,
        "goods": goods,
        "engineering": engineering,
        "services": services,
    }
    income = {"general": general, "funds": funds}
    return {
        **{name: in_words(amount) for name, amount in amounts.items()},
        **{f"{name}_share": percent(share(amount, budget.current)) for name, amount in income.items()},
        **{f"{name}_share": percent(share(amounts[name], budget.total)) for name in ("basic", "project")},
        **_change(budget.total, budget.last_year),
    }


def _change(now: Amount, before: Amount) -> dict[str, Figure]:
    """A change as it is told: its size without a sign, the direction in words."""
    rises, amount, rate = now >= before, in_words(abs(now - before)), percent(share(abs(now - before), before))
    sign = "" if rises else "-"
    return {
        "total_change": Figure(amount.printed, sign + amount.number, "元"),
        "total_rate": Figure(rate.printed, sign + rate.number, "%"),
        "total_direction": Figure("增加" if rises else "减少"),
        "total_rate_word": Figure("增长" if rises else "下降"),
    }
