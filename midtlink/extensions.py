"""The Flask extensions, made here and bound to the application in create_app()."""

from typing import TYPE_CHECKING

from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from midtlink.database import Base

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
login = LoginManager()
migrate = Migrate()
babel = Babel()
csrf = CSRFProtect()

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
