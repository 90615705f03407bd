"""Draws one copy of a picture or of a page of a PDF: bytes in, one line about them and a new picture out.

Runs as a process of its own, without Django, with limits on memory and time; whatever the bytes do, they do it here.
Nothing of the original but its pixels goes over: no place, no camera, no text, no second file behind the picture.
"""

import json
import resource
import sys
from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw, ImageOps

LONGEST_SIDE = {"thumbnail": 240, "preview": 1600}
MEMORY = 1536 * 1024 * 1024
SECONDS = 25
QUALITY = 90


def limit_itself() -> None:
    """No more memory and time than a picture needs, and no file at all."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def picture_in(content: bytes, content_type: str, page: int, longest: int) -> tuple[Image.Image, int]:
    """The pixels, upright, and how many pages there are."""
    if content_type != "application/pdf":
        image = Image.open(BytesIO(content))
        if page != 1:
            raise ValueError(page)
        return ImageOps.exif_transpose(image), 1
    document = pypdfium2.PdfDocument(content)
    sheet = document[page - 1]
    scale = longest / max(1.0, *sheet.get_size())
    return sheet.render(scale=min(scale, 4.0), may_draw_forms=False).to_pil(), len(document)


def redrawn(image: Image.Image, as_jpeg: bool) -> tuple[str, bytes]:
    """The same pixels in a new file with nothing else in it."""
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    plain = image.convert("RGBA" if has_alpha and not as_jpeg else "RGB")
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    told = BytesIO()
    if as_jpeg:
        bare.save(told, "JPEG", quality=QUALITY)
    else:
        bare.save(told, "PNG")
    return ("image/jpeg" if as_jpeg else "image/png"), told.getvalue()


def covered(image: Image.Image, areas: list[int]) -> Image.Image:
    """The same picture with black over each area: left, top, width, height in thousandths, a pixel more all round."""
    plain = image.convert("RGB")
    pen = ImageDraw.Draw(plain)
    for left, top, width, height in zip(*[iter(areas)] * 4, strict=True):
        box = (
            left * plain.width // 1000 - 1,
            top * plain.height // 1000 - 1,
            (left + width) * plain.width // 1000 + 1,
            (top + height) * plain.height // 1000 + 1,
        )
        pen.rectangle(box, fill="black")
    return plain


def main(kind: str, content_type: str, page: int, areas: str) -> None:
    """Read all of standard input, draw, answer."""
    limit_itself()
    longest = LONGEST_SIDE.get(kind, 0)
    image, pages = picture_in(sys.stdin.buffer.read(), content_type, page, longest)
    if longest:
        image.thumbnail((longest, longest))
    if areas:
        image = covered(image, [int(number) for number in areas.split(",")])
    drawn_type, content = redrawn(image, as_jpeg=content_type == "image/jpeg")
    sys.stdout.buffer.write(json.dumps({"type": drawn_type, "pages": pages}).encode() + b"\n" + content)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
