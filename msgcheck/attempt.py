"""The one place where every exception is caught: what fails becomes a Fault, and the run goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgcheck.errors import ModelError, MsgcheckError
from msgcheck.model import Fault

T = TypeVar("T")


def attempt(work: Callable[[], T], rule: str, document: str, faults: list[Fault]) -> T | None:
    """Do one piece of work; if it fails, note the fault and let the run go on.

    A rule or page that breaks must not take the other pages' findings with it, and the report (and exit code 3)
    says what is missing. A model that is missing is so for all of them: that ends the run.
    """
    try:
        return work()
    except ModelError:
        raise
    except MsgcheckError as error:
        faults.append(Fault(rule, document, str(error)))
    except Exception as error:  # noqa: BLE001
        faults.append(Fault(rule, document, f"unexpected {type(error).__name__}: {error}"))
    return None
