"""Image files to upright, evenly lit grey pages with type of a known size."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from corpus.formats.limits import Limits
from corpus.model import UnreadableFile

Grey = NDArray[np.uint8]
"""Height × width, 0 black to 255 white."""

KINDS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_SMALLEST = 16
# Type is brought to about this height in pixels, that of 10.5 point at 200 dpi, when it is smaller or much larger. The recogniser
# works on lines 48 pixels high: smaller type loses its decimal points, larger type only costs time.
_EM, _EM_LEAST, _EM_MOST = 30.0, 24.0, 44.0
_STEEPEST = 6.0  # degrees that a page may lie askew; beyond that it was not meant to be upright
_LARGEST = 12_000_000  # pixels; A4 at 300 dpi has 8.7 million. Reading a page takes 100 bytes a pixel
# A photograph is squared by the outline of its largest table: when that takes up this share of the page, and when a corner is off by
# more than this share of the table's side (less than that, turning the page is enough).
_OUTLINE, _BENT = 0.12, 0.004
INK = 150
"""Darker than this is ink, on a page evened out so that paper is 255 and the print 0 to 60."""


@dataclass(frozen=True, slots=True)
class Page:
    """``grey`` is upright, paper at 255; ``em`` is the height of its type in pixels."""

    grey: Grey
    em: float


def frames(data: bytes, limits: Limits) -> Iterator[Image.Image]:
    """The pages of an image file: all of a TIFF, the first of any other. Raises UnreadableFile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of bombs at a size of its own; ours is checked below
            image = Image.open(io.BytesIO(data), formats=KINDS)
            count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            if count > limits.ocr_pages:
                raise UnreadableFile(f"图片有 {count} 页，超过 {limits.ocr_pages} 页的上限。")
            for at in range(count):
                image.seek(at)
                check_size(image.size, limits)
                yield plain(image)
    except UnreadableFile:
        raise
    except Image.DecompressionBombError as error:
        raise UnreadableFile(_too_large(limits)) from error
    except Exception as error:  # Pillow's decoders raise nearly anything on damaged data
        raise UnreadableFile("图片不完整或已损坏，无法打开。") from error


def check_size(size: tuple[int, int], limits: Limits) -> None:
    """Raises UnreadableFile when an image of ``size`` is not to be loaded."""
    width, height = size
    if width * height > limits.pixels:
        raise UnreadableFile(_too_large(limits))
    if min(width, height) < _SMALLEST:
        raise UnreadableFile("图片太小，里面不可能有文字。")


def _too_large(limits: Limits) -> str:
    return f"图片太大，超过 {limits.pixels // 10_000} 万像素的上限。"


def plain(image: Image.Image) -> Image.Image:
    """The image in grey, turned as its camera says, what is transparent white."""
    turned = ImageOps.exif_transpose(image)
    if turned.mode.startswith("I") or turned.mode == "F":  # 16 bits and more: stretch to what is there
        pixels = np.asarray(turned, dtype=np.float64)
        low, high = float(pixels.min()), float(pixels.max())
        return Image.fromarray(((pixels - low) / max(high - low, 1.0) * 255).astype(np.uint8))
    if "A" in turned.mode or "transparency" in turned.info:
        layered = turned.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("L")
    return turned.convert("L")


def prepare(image: Image.Image) -> Page:
    """The page for recognition: light evened out, type brought to size, lying straight."""
    grey = even(_reduced(np.asarray(plain(image), dtype=np.uint8)))
    em = type_height(grey)
    if not _EM_LEAST <= em <= _EM_MOST:
        factor = min(_EM / em, 4.0, (_LARGEST / grey.size) ** 0.5)
        grey = _resized(grey, factor)
        em *= factor
    return Page(straight(squared(grey, em)), em)


def _reduced(grey: Grey) -> Grey:
    """A very large picture no larger than its type demands, so that what follows stays within its memory."""
    if grey.size <= _LARGEST / 2:
        return grey
    middle, centre = grey.shape[0] // 2, grey.shape[1] // 2
    em = type_height(even(grey[max(0, middle - 1500) : middle + 1500, max(0, centre - 1500) : centre + 1500]))
    return _resized(grey, min(1.0, max(_EM / em, 0.1), (_LARGEST / grey.size) ** 0.5))


def _resized(grey: Grey, factor: float) -> Grey:
    if factor == 1:
        return grey
    kind = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    height, width = grey.shape
    return _grey(cv2.resize(grey, (max(1, round(width * factor)), max(1, round(height * factor))), interpolation=kind))


def even(grey: Grey) -> Grey:
    """Paper brought to 255 and print to about 0, whatever the light was."""
    height, width = grey.shape
    step = max(1, round(max(height, width) / 400))
    small = cv2.resize(grey, (max(1, width // step), max(1, height // step)), interpolation=cv2.INTER_AREA)
    # The lightest within a neighbourhood of a fortieth of the page is paper, even among dense type.
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 7)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    share = grey.astype(np.float32) / np.maximum(paper, 1.0)
    # Noise makes the lightest lighter than paper is: what most of the page has is taken for paper.
    share /= max(float(np.median(share)), 0.5)
    dark = float(np.percentile(share, 0.5))  # a page of one line of type has this much ink
    dark = min(dark, 0.7)
    return _grey(np.clip((share - dark) / (1 - dark) * 255, 0, 255).astype(np.uint8))


def type_height(grey: Grey) -> float:
    """The height of the type in pixels, from the pieces that ink makes; 30 where there is too little of it."""
    ink = cv2.morphologyEx((grey < INK).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high = stats[1:, cv2.CC_STAT_WIDTH].astype(float), stats[1:, cv2.CC_STAT_HEIGHT].astype(float)
    like_type = (high >= 6) & (high <= grey.shape[0] / 8) & (wide < 2 * high) & (high < 4 * wide)
    if like_type.sum() < 5:
        return _EM
    # Digits and parts of characters are lower than whole ones; four fifths of the way up stands a whole one.
    return float(np.percentile(high[like_type], 80)) * 1.08


def squared(grey: Grey, em: float) -> Grey:
    """A photographed page seen from straight above, as far as the outline of a table tells how it was seen."""
    near = round(em * 0.3) | 1
    ink = cv2.morphologyEx((grey < INK).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((near, near), np.uint8))
    outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    hulls = [cv2.convexHull(outline) for outline in outlines if len(outline) >= 4]
    largest = max(hulls, key=cv2.contourArea, default=None)
    if largest is None or cv2.contourArea(largest) < _OUTLINE * grey.size:
        return grey
    corners = cv2.approxPolyDP(largest, 0.02 * cv2.arcLength(largest, True), True).reshape(-1, 2).astype(np.float32)
    if len(corners) != 4:
        return grey
    by_sum, by_difference = corners.sum(axis=1), corners[:, 0] - corners[:, 1]
    seen = corners[[by_sum.argmin(), by_difference.argmax(), by_sum.argmax(), by_difference.argmin()]]
    top, right, bottom, left = (float(np.linalg.norm(seen[at] - seen[at - 3])) for at in range(4))
    wide, high = (top + bottom) / 2, (right + left) / 2
    off = float(np.linalg.norm(seen[0] + seen[2] - seen[1] - seen[3]))  # nothing for a parallelogram
    lean = abs(float(np.dot(seen[1] - seen[0], seen[3] - seen[0]))) / max(top * left, 1.0)
    if max(off / max(wide, high), lean) < _BENT or off > 0.2 * max(wide, high) or lean > 0.2:
        return grey
    x, y = seen.mean(axis=0) - np.array([wide, high]) / 2
    meant = np.array([[x, y], [x + wide, y], [x + wide, y + high], [x, y + high]], np.float32)
    view = cv2.getPerspectiveTransform(seen, meant)
    size = grey.shape[1], grey.shape[0]
    return _grey(cv2.warpPerspective(grey, view, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255))


def straight(grey: Grey) -> Grey:
    """The page turned by up to six degrees, so that its lines and rules lie level."""
    angle = skew(grey)
    if abs(angle) < 0.02:
        return grey
    return turned(grey, angle)


def turned(grey: Grey, degrees: float) -> Grey:
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return _grey(cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255))


def skew(grey: Grey) -> float:
    """Degrees to turn the page by. Level lines make the sharpest profile of ink by rows."""
    best = 0.0
    for size, reach, step in ((500, _STEEPEST, 0.5), (1000, 0.5, 0.1), (2000, 0.1, 0.02)):
        factor = min(1.0, size / max(grey.shape))
        dark = 255 - _resized(grey, factor)
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(dark, float(angle))))
    return best


def _sharpness(dark: NDArray[np.uint8], degrees: float) -> float:
    """Sheared instead of turned: the profile by rows is the same, and the page keeps its width."""
    height, width = dark.shape
    shear = np.tan(np.radians(degrees))
    matrix = np.array([[1, 0, 0], [-shear, 1, shear * width / 2]], np.float32)
    rows = cv2.warpAffine(dark, matrix, (width, height), flags=cv2.INTER_LINEAR).mean(axis=1)
    return float(np.square(np.diff(rows)).sum())


def _grey(image: object) -> Grey:
    return np.asarray(image, dtype=np.uint8)
