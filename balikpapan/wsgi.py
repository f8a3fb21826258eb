"""The entry point for any WSGI server; ``manage.py start`` uses it too."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balikpapan.settings")

application = get_wsgi_application()
