from __future__ import annotations

from pathlib import Path

import pytest

from console.samples.library import UnknownSampleError, list_samples, sample_path
from console.show.show_file import read_show, write_show
from console.show.show_json import show_to_json
from console.show.validate import validate


def test_there_are_samples() -> None:
    assert "half-light" in list_samples()


@pytest.mark.parametrize("sample", list_samples())
def test_each_is_a_show_of_its_own_id_without_problems(sample: str) -> None:
    loaded = read_show(sample_path(sample))
    assert loaded.show.id == sample
    assert loaded.read_only is None
    assert validate(loaded.show) == ()


@pytest.mark.parametrize("sample", list_samples())
def test_saving_one_again_gives_the_same_bytes(sample: str, tmp_path: Path) -> None:
    shipped = sample_path(sample).read_bytes()
    copy = tmp_path / "copy.json"
    write_show(copy, read_show(sample_path(sample)).show)
    assert copy.read_bytes() == shipped == show_to_json(read_show(copy).show).encode()


def test_another_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownSampleError, match=r"no shipped show is called 'half-lite': did you mean half-light\?"):
        sample_path("half-lite")
    with pytest.raises(UnknownSampleError, match=r"there are .*half-light"):
        sample_path("zzz")
    with pytest.raises(UnknownSampleError):
        sample_path("../samples/half-light")
