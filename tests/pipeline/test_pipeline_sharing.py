"""How work is shared between processes."""

import pytest

from pipeline.execution import sharing
from pipeline.execution.sharing import jobs_for, parts


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("runs", [[range(96)], [range(3), range(10, 200)], [range(1)], []])
def test_parts_are_all_frames_once_and_in_order(runs, jobs):
    assert [k for part in parts(runs, jobs) for k in part] == [k for run in runs for k in run]


def test_every_process_gets_a_part_of_a_long_film():
    for jobs in (2, 4, 6):
        assert len(list(parts([range(240)], jobs))) >= jobs


def test_short_films_and_single_cores_are_not_shared(monkeypatch):
    monkeypatch.setattr(sharing, "_free_bytes", lambda: 64e9)
    monkeypatch.setattr(sharing, "cores", lambda: 2)
    assert (jobs_for(12), jobs_for(96)) == (1, 2)
    monkeypatch.setattr(sharing, "cores", lambda: 1)
    assert jobs_for(96) == 1
    monkeypatch.setattr(sharing, "cores", lambda: 64)
    assert jobs_for(96) == sharing.MOST_JOBS


def test_no_more_processes_than_fit_into_memory(monkeypatch):
    monkeypatch.setattr(sharing, "cores", lambda: 16)
    monkeypatch.setattr(sharing, "_free_bytes", lambda: 3.5e9)
    assert jobs_for(96) == 2
    monkeypatch.setattr(sharing, "_free_bytes", lambda: 0.5e9)
    assert jobs_for(96) == 1
