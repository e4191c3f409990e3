"""All rules that a run knows: our own, and those of other packages (entry-point group `msgcheck.rules`)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from msgcheck.config import Config
from msgcheck.digest import RULES_GROUP
from msgcheck.errors import ConfigError, UsageError
from msgcheck.rules.base import Rule

#: One line a rule; the module path is the rule id (`rules/vague/empty_claim.py` is `vague.empty-claim`).
MODULES = (
    "budget.exceeded",
    "call.costly_confusion",
    "call.rep_drift",
    "jargon.asked_about",
    "jargon.avoided",
    "jargon.buzzword",
    "jargon.insider_term",
    "jargon.noun_stack",
    "jargon.undefined_acronym",
    "mismatch.audience",
    "mismatch.category",
    "mismatch.category_inconsistent",
    "mismatch.confused_by",
    "mismatch.contradiction",
    "mismatch.missing_message",
    "mismatch.off_message",
    "mismatch.promise_gap",
    "mismatch.term_variant",
    "mismatch.voice_gap",
    "reading.little_read",
    "suppression.no_reason",
    "suppression.unused",
    "vague.call_to_action",
    "vague.empty_claim",
    "vague.hard_to_read",
    "vague.hero_unclear",
    "vague.self_centred",
    "vague.unquantified",
    "vague.unsupported_superlative",
    "vague.weasel",
)


#: What an option's value has to be, by the type of its default.
_KINDS = {int: "a number", float: "a number", bool: "true or false", str: "a text in quotes", list: "a list"}


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by id. Raises ConfigError when an installed package brings something that is no rule."""
    rules: list[Rule] = [import_module(f"msgcheck.rules.{name}").RULE for name in MODULES]
    for point in sorted(entry_points(group=RULES_GROUP), key=lambda point: point.name):
        rule = point.load()
        if not isinstance(rule, Rule):
            raise ConfigError(
                f"{point.value}: is not a msgcheck rule.", f"Entry points of `{RULES_GROUP}` must name a Rule."
            )
        rules.append(rule)
    return tuple(sorted(rules, key=lambda rule: rule.id))


def find_rule(rule_id: str) -> Rule:
    """The rule with this id. Raises UsageError naming the nearest one."""
    for rule in all_rules():
        if rule.id == rule_id:
            return rule
    raise _unknown(rule_id, [rule.id for rule in all_rules()])


def selected(select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that start with one of `select` (all, if none) and with none of `ignore`.

    Raises UsageError when a prefix fits no rule, and when none is left: either would check nothing.
    """
    select, ignore = tuple(select), tuple(ignore)
    ids = [rule.id for rule in all_rules()]
    for prefix in (*select, *ignore):
        if not any(rule_id.startswith(prefix) for rule_id in ids):
            raise _unknown(prefix, [*ids, *sorted({rule_id.split(".")[0] for rule_id in ids})])
    chosen = tuple(
        rule
        for rule in all_rules()
        if (not select or rule.id.startswith(select)) and not (ignore and rule.id.startswith(ignore))
    )
    if not chosen:
        raise UsageError("All selected rules are ignored.", "`msgcheck rules` lists them; select more or ignore fewer.")
    return chosen


def check_settings(config: Config) -> None:
    """Raise ConfigError when `[rules]` or an override names a rule or option that does not exist, or a wrong value."""
    known = {rule.id: rule for rule in all_rules()}
    for settings in (config.rules, *(override.rules for override in config.overrides)):
        for rule_id, setting in settings.items():
            if rule_id not in known:
                near = difflib.get_close_matches(rule_id, known, n=1)
                hint = f"Did you mean `{near[0]}`?" if near else "`msgcheck rules` lists them."
                raise ConfigError(f"{config.source}: `rules.{rule_id}`: there is no such rule.", hint)
            for option, value in setting.options().items():
                _check_option(known[rule_id], option, value, config.source)


def _check_option(rule: Rule, option: str, value: object, source: str) -> None:
    """Its name, and that it is of the kind of the default: a number that is text would silently be read as none."""
    key = f"{source}: `rules.{rule.id}.{option}`"
    if option not in rule.options:
        valid = ", ".join(["severity", *sorted(rule.options)])
        raise ConfigError(f"{key}: the rule has no such option.", f"Valid keys here: {valid}.")
    default = rule.options[option]
    numbers = (int, float) if type(default) in (int, float) else type(default)
    if not isinstance(value, numbers) or isinstance(value, bool) != isinstance(default, bool):
        message = f"{key}: {value!r} is not {_KINDS.get(type(default), 'of the right kind')}."
        raise ConfigError(message, f"The default is {default!r}.")


def _unknown(name: str, candidates: list[str]) -> UsageError:
    near = difflib.get_close_matches(name, candidates, n=1, cutoff=0.5)
    hint = f"Did you mean `{near[0]}`?" if near else "`msgcheck rules` lists them."
    return UsageError(f"{name}: there is no such rule.", hint)
