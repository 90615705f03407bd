"""Pages in the language that a person has chosen in their profile."""

from django.conf import settings
from django.utils import translation


class LanguageOfPerson:
    """Speaks the person's language where the browser has not chosen another by the language cookie.

    Stands after authentication. Somebody without a choice gets what LocaleMiddleware found.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen_here = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        language = "" if chosen_here else getattr(request.user, "language", "")
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
