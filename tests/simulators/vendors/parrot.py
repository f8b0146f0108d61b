"""No vendor: whatever it is asked, it shows all that it was sent, with another status each time."""

import itertools

from simulator import Answer, Vendor as Base

SESSION = "parrot-session-s3cret"


class Vendor(Base):
    def __init__(self):
        super().__init__()
        # One that is tried again is enough: each costs seconds.
        self.statuses = itertools.cycle((400, 200, 401, 403, 404, 200, 409, 200, 400, 404, 200, 500))

    def answer(self, request):
        """A sign-in is taken, in the ways of the systems that have sessions."""
        if b"login" in request.body:
            return Answer({"result": [1, SESSION]}, 200, {"vendure-auth-token": SESSION})
        told = {"you sent": request.sent().decode("latin-1"), "items": [], "data": {}}
        return Answer(told, next(self.statuses), {"X-Request": str(request.headers.items()).replace("\n", " ")[:2000]})
