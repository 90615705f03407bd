"""Pictures that customers of the demo shop send: small, drawn here, of nothing real."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIZE = (480, 360)
INK = {"photo": ((226, 214, 196), (120, 78, 40)), "paper": ((250, 250, 247), (60, 60, 70))}


def a_picture(name: str, *, look: str = "photo", seed: int = 0) -> SimpleUploadedFile:
    """A PNG of this name: cloth with a stain, or a sheet with lines. Another `seed` draws another picture."""
    ground, ink = INK[look]
    image = Image.new("RGB", SIZE, ground)
    draw = ImageDraw.Draw(image)
    if look == "photo":
        left, top = 60 + seed * 37 % 220, 50 + seed * 23 % 150
        draw.ellipse((left, top, left + 120 + seed % 40, top + 80 + seed % 30), fill=ink)
    else:
        for line in range(12):
            draw.line((50, 50 + line * 22, 430 - (seed + line * 53) % 150, 50 + line * 22), fill=ink, width=3)
    file = BytesIO()
    image.save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/png")
