"""A write that is answered with success but without what it made: it counts only if it can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, FlySecret, IpAddress, errors
from fly_resources.testing import Fault

if TYPE_CHECKING:
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
KEY = FlySecret(APP, "KEY", "value-of-the-key")


@pytest.fixture
def ready(api: Api) -> Api:
    api.ensure(APP)
    return api


def _answer(api: Api, operation: str, body: Any, *, applied: bool) -> None:  # noqa: ANN401  # any JSON
    api.sim.faults.add(Fault("status", operation=operation, status=200, body=body, applied=applied))


@pytest.mark.parametrize("type_", ["v4", "v6", "egress_pair"])
@pytest.mark.parametrize("body", [{}, {"ip": None}, {"ip": None, "ip_pair": {"v4": None, "v6": None}}])
def test_an_address_that_the_answer_does_not_name_is_looked_for(ready: Api, type_: str, body: Any) -> None:  # noqa: ANN401  # any JSON
    noun = IpAddress(APP, type_, region="iad" if type_ == "egress_pair" else None)
    _answer(ready, "App_IPAssignments_create", body, applied=True)
    outcome = ready.ensure(noun)[noun]
    assert outcome.action == "create"
    assert outcome.model.ip
    assert not ready.plan(noun).changed


@pytest.mark.parametrize("type_", ["v4", "v6", "egress_pair"])
def test_an_address_that_was_not_made_is_no_success(ready: Api, type_: str) -> None:
    noun = IpAddress(APP, type_, region="iad" if type_ == "egress_pair" else None)
    _answer(ready, "App_IPAssignments_create", {}, applied=False)
    with pytest.raises(errors.EnsureError) as caught:
        ready.ensure(noun)
    assert isinstance(caught.value.__cause__, errors.OutcomeUnknownError)
    assert ready.plan(noun).changed


def test_a_secret_that_the_answer_leaves_out_is_looked_for(ready: Api) -> None:
    _answer(ready, "Secrets_update", {}, applied=True)
    assert ready.ensure(KEY)[KEY].changed


def test_a_secret_that_is_not_there_afterwards_is_no_success(ready: Api) -> None:
    _answer(ready, "Secrets_update", {}, applied=False)
    with pytest.raises(errors.EnsureError, match="setting KEY was accepted") as caught:
        ready.ensure(KEY)
    assert isinstance(caught.value.__cause__, errors.OutcomeUnknownError)
    assert ready.ensure(KEY)[KEY].changed


@pytest.mark.parametrize("verb", ["ensure", "destroy"])
@pytest.mark.parametrize("body", [{}, {"secrets": None}, {"secrets": [{"name": "KEY"}]}])
def test_a_secret_that_is_still_there_was_not_removed(ready: Api, verb: str, body: Any) -> None:  # noqa: ANN401  # any JSON
    ready.ensure(KEY)
    gone = FlySecret.absent(APP, "KEY")
    _answer(ready, "Secrets_update", body, applied=False)
    with pytest.raises(errors.EnsureError, match="removing KEY was accepted") as caught:
        getattr(ready, verb)(gone)
    assert isinstance(caught.value.__cause__, errors.OutcomeUnknownError)
    assert getattr(ready, verb)(gone)[gone].changed
    assert ready.read(KEY) is None


@pytest.mark.parametrize("verb", ["ensure", "destroy"])
def test_a_removal_that_the_answer_says_nothing_of_is_looked_for(ready: Api, verb: str) -> None:
    ready.ensure(KEY)
    gone = FlySecret.absent(APP, "KEY")
    _answer(ready, "Secrets_update", {}, applied=True)
    assert getattr(ready, verb)(gone)[gone].changed
