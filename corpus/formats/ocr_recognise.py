"""Pictures of single lines to text, with how certain each character is. The only user of the recogniser's models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import rapidocr_onnxruntime
from numpy.typing import NDArray

from corpus.formats.ocr_image import Grey

MODELS = Path(rapidocr_onnxruntime.__file__).parent / "models"
_HEIGHT = 48  # what the model was trained on
_STEP = 16  # widths are rounded up to this, so that pictures of nearly the same width share a batch
_BATCH = 3000  # pixels of width in a batch: larger ones are no faster and take 100 MB more for each doubling
_WIDEST = 2400  # a longer line is squeezed
THREADS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """``text`` and the probability of each of its characters; ``places`` their middles as shares of the picture's width."""

    text: str
    odds: tuple[float, ...]
    places: tuple[float, ...] = ()

    @property
    def least(self) -> float:
        """How certain the least certain character is; 0 for no text."""
        return min(self.odds, default=0.0)


class Recogniser:
    """PP-OCRv4's line recogniser."""

    def __init__(self) -> None:
        self._session = session("ch_PP-OCRv4_rec_infer.onnx")
        self._input = self._session.get_inputs()[0].name
        listed = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters = ["", *listed, " "]  # the first of the model's classes is "none", the last a space

    def read(self, pictures: Sequence[Grey]) -> list[Line]:
        """The lines in the pictures, in their order. A picture holds one line of type and little else."""
        scaled = [_scaled(picture) for picture in pictures]
        order = sorted(range(len(scaled)), key=lambda at: scaled[at].shape[1])
        lines: dict[int, Line] = {}
        while order:
            width = -(-scaled[order[-1]].shape[1] // _STEP) * _STEP
            batch, order = order[-max(1, _BATCH // width) :], order[: -max(1, _BATCH // width)]
            lines |= zip(batch, self._run([scaled[at] for at in batch], width), strict=True)
        return [lines[at] for at in range(len(scaled))]

    def _run(self, pictures: Sequence[Grey], width: int) -> list[Line]:
        # Grey, as in the model's training: with white paper on the right it makes up characters there.
        stack = np.zeros((len(pictures), 1, _HEIGHT, width), np.float32)
        for at, picture in enumerate(pictures):
            stack[at, 0, :, : picture.shape[1]] = picture.astype(np.float32) / 127.5 - 1
        (odds,) = self._session.run(None, {self._input: np.repeat(stack, 3, axis=1)})
        return [self._decoded(one, width / p.shape[1]) for one, p in zip(np.asarray(odds), pictures, strict=True)]

    def _decoded(self, odds: NDArray[np.float32], stretch: float) -> Line:
        """Repeats of a class are one character, the first class divides them."""
        best, sure = odds.argmax(axis=1), odds.max(axis=1)
        text = ""
        certain: list[float] = []
        places: list[float] = []
        for at, index in enumerate(best):
            place = (at + 0.5) / len(best) * stretch
            if index == 0 or place > 1:
                continue
            if at and index == best[at - 1]:
                certain[-1] = max(certain[-1], float(sure[at]))
                continue
            text += self._characters[index]
            certain.append(float(sure[at]))
            places.append(place)
        return Line(text, tuple(certain), tuple(places))


def session(model: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # it would keep the most that any batch ever took
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting threads take no time from other work
    return onnxruntime.InferenceSession(str(MODELS / model), options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=1)
def recogniser() -> Recogniser:
    return Recogniser()


def _scaled(picture: Grey) -> Grey:
    height, width = picture.shape
    wide = min(max(_HEIGHT // 2, round(width * _HEIGHT / height)), _WIDEST)
    kind = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (wide, _HEIGHT), interpolation=kind), dtype=np.uint8)
