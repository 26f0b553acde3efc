"""Puts the server together: services, routes, and the one place where errors become answers."""

import logging
from importlib.metadata import version

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from app.domain.clock import Clock
from app.domain.errors import InvalidError, NotFoundError, OpsError
from app.server.database import Database
from app.server.dependencies import Services
from app.server.guard import Guard
from app.server.identity import identity_of
from app.server.replies import of_database, refusal
from app.server.routes import router

logger = logging.getLogger(__name__)
_DETAIL_LIMIT = 500


def make_application(database: Database, clock: Clock) -> FastAPI:
    """The application over a database that is up to date; the caller closes the database."""
    with database.read() as session:
        identity = identity_of(session)
        services = Services(database, clock, version("steward"), identity.server_id, identity.epoch)

    def refuse(error: OpsError, status: int | None = None) -> Response:
        return refusal(error, clock.now(), services.epoch, status)

    application = FastAPI(title="Steward", version=services.app_version, docs_url=None, redoc_url=None)
    application.state.services = services
    application.include_router(router)
    application.add_middleware(Guard, refuse=refuse)

    @application.exception_handler(OpsError)
    def _on_refusal(_request: Request, error: OpsError) -> Response:
        return refuse(error)

    @application.exception_handler(RequestValidationError)
    def _on_malformed(_request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        detail = f"{where}: {first['msg']}".encode(errors="replace").decode()  # a key need not be text
        return refuse(InvalidError("message_malformed", detail=detail[:_DETAIL_LIMIT]))

    @application.exception_handler(HTTPException)
    def _on_no_route(request: Request, error: HTTPException) -> Response:
        if error.status_code == 400:
            return refuse(InvalidError("message_malformed", detail=error.detail))
        return refuse(NotFoundError("address_unknown", path=request.url.path), error.status_code)

    @application.exception_handler(SQLAlchemyError)
    def _on_database(_request: Request, error: SQLAlchemyError) -> Response:
        problem = of_database(error)
        if problem is None:
            raise error
        logger.warning("the database did not answer: %s", error)
        return refuse(problem)

    return application
