"""What a page says behind its back: errors in the console, requests that failed."""

#: What Chromium itself writes when a page is meant to be refused.
REFUSAL = "Failed to load resource: the server responded with a status of {status}"


class Listener:
    """Collects what went wrong on a page since the last question."""

    def __init__(self, page):
        self.troubles = []
        self.statuses = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def take(self, status=200):
        """Return the troubles, without the refusal that was expected, and forget them."""
        expected = REFUSAL.format(status=status)
        troubles = [words for words in self.troubles if expected not in words]
        self.troubles.clear()
        return troubles

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.troubles.append(f"console: {message.text} ({message.location['url']})")

    def _failed(self, request):
        # A page that is left takes its unfinished requests with it.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"failed: {request.url} {request.failure}")

    def _response(self, response):
        if response.request.is_navigation_request():
            self.statuses.append(response.status)
        elif response.status >= 400:
            self.troubles.append(f"answered {response.status}: {response.url}")
