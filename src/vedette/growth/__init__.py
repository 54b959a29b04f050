"""What is known across the documents of a database, brought up to date with the documents that were added."""

from vedette.growth.update import RESOLVER, Updated, update

__all__ = ["RESOLVER", "Updated", "update"]
