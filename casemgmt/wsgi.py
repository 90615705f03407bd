"""What a web server runs."""

import os

import django
from django.core.wsgi import get_wsgi_application

from casemgmt.checks import refuse_misconfiguration

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgmt.settings")
django.setup()
refuse_misconfiguration()
application = get_wsgi_application()
