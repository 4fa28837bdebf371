"""Model fields that the database holds encrypted, and blind indexes to find rows by them (house § 7; trust.md S-15).

    class Visit(Record):
        phone = EncryptedTextField()
        phone_index = BlindIndexField("phone", normalise=parse_phone)

    Visit.objects.filter(phone_index="0912.345.678")

A value is bound to table, column and the row's `key`, which the model makes itself (`kernel.models.Record`). It is
opened when the attribute is read, never before; `values()` hands out sealed values. Writing goes through instances
(`save`, `bulk_create`); `update()` and `bulk_update()` know no row and are refused. The only lookup of an encrypted
field is `isnull`.
"""

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.core import checks
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import signals
from django.db.models.lookups import Lookup
from django.db.models.query_utils import DeferredAttribute
from django.forms import CharField, JSONField, Textarea

from taicho.kernel.sealing import INDEX_BYTES, SHORTEST_SEALED, Place, Sealed, blind_index, possible_indexes, seal
from taicho.kernel.vietnamese import fold

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
    AnyLookup = Lookup[Any]
else:
    AnyField = models.Field
    AnyLookup = Lookup


class SealedAttribute(DeferredAttribute):
    """Holds what the database gave, and opens it when it is first read."""

    field: "EncryptedField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.name, self.field.row_key])
        value = instance.__dict__[self.field.attname]
        if isinstance(value, Sealed):
            value = self.field.open(value, instance)
            self.__set__(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedField(AnyField):
    """What the encrypted fields share. `row_key` names the UUID field that the value is bound to.

    `sealed_as` keeps the `table.column` a value is bound to when the table or the column is renamed later.
    """

    descriptor_class = SealedAttribute
    empty_strings_allowed = False

    def __init__(self, *args: Any, row_key: str = "key", sealed_as: str = "", **kwargs: Any) -> None:
        self.row_key = row_key
        self.sealed_as = sealed_as
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.row_key != "key":
            kwargs["row_key"] = self.row_key
        if self.sealed_as:
            kwargs["sealed_as"] = self.sealed_as
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_row_key(), *self._check_options()]

    def to_bytes(self, value: Any) -> bytes:
        """The value as bytes to seal; a value of the wrong type raises TypeError, which does not show it."""
        raise NotImplementedError

    def from_bytes(self, plain: bytes) -> Any:
        """The value that `to_bytes` made these bytes of."""
        raise NotImplementedError

    def place(self, row: Any) -> Place:
        """Where a value of this field is at home in the row with the key `row`."""
        return Place(self.sealed_as or f"{self.model._meta.db_table}.{self.column}", row)

    def open(self, value: Sealed, instance: models.Model) -> Any:
        """The plain value. Refused: broken-seal, key-missing."""
        return self.from_bytes(value.open(self.place(getattr(instance, self.row_key))))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        held = model_instance.__dict__.get(self.attname)
        if held is None or (isinstance(held, Sealed) and held.is_current):
            return held
        return seal(
            self.to_bytes(getattr(model_instance, self.attname)), self.place(getattr(model_instance, self.row_key))
        )

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self} is written through an instance: save() or bulk_create(), which know the row.")
        return connection.Database.Binary(value.stored)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_transform(self, name: str) -> Any:
        return None

    def get_internal_type(self) -> str:
        return "BinaryField"

    def db_check(self, connection: Any) -> str:
        """The column takes sealed values only, whoever writes."""
        column = connection.ops.quote_name(self.column)
        return f"octet_length({column}) >= {SHORTEST_SEALED} AND get_byte({column}, 0) = 1"

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self} is not serialised: a dump would hold the plain value.")

    def _check_row_key(self) -> list[checks.CheckMessage]:
        local = {field.name: field for field in self.model._meta.local_fields}
        key = local.get(self.row_key)
        if isinstance(key, models.UUIDField) and key.has_default() and key.unique and not key.null:
            return []
        hint = "Derive the model from taicho.kernel.models.Record."
        text = f"{self.row_key!r} must be a unique UUIDField with a default, on the same table."
        return [checks.Error(text, hint=hint, obj=self, id="kernel.E001")]

    def _check_options(self) -> list[checks.CheckMessage]:
        if any(getattr(self, option) for option in ("db_index", "unique", "primary_key", "choices")):
            text = "An encrypted field has no index, no uniqueness and no choices."
            return [checks.Error(text, hint="Put a BlindIndexField beside it.", obj=self, id="kernel.E002")]
        return []


class EncryptedTextField(EncryptedField):
    """A text of at most `max_length` characters, where given. Its length is hidden up to the next 32 bytes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length:
            self.validators.append(MaxLengthValidator(self.max_length))

    def to_bytes(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self} takes a str, not {type(value).__name__}.")
        return value.encode("utf-8", "surrogatepass")

    def from_bytes(self, plain: bytes) -> str:
        return plain.decode("utf-8", "surrogatepass")

    def formfield(self, **kwargs: Any) -> Any:
        """One line where the length is limited, else a text area; an empty entry is NULL where NULL is allowed."""
        defaults: dict[str, Any] = {"form_class": CharField, "empty_value": None if self.null else ""}
        defaults |= {"max_length": self.max_length} if self.max_length else {"widget": Textarea}
        return super().formfield(**(defaults | kwargs))


class EncryptedJSONField(EncryptedField):
    """A JSON value: answers, a temperature with its unit, a list. None is SQL NULL."""

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, cls=DjangoJSONEncoder, separators=(",", ":")).encode("ascii")

    def from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": JSONField, **kwargs})


class BlindIndexField(AnyField):
    """Equal for rows whose `source` field is equal after `normalise`; only equality and isnull can be asked.

    Filled on save. `normalise` takes and returns a str (default: fold) and is applied to what is looked for, too.
    Indexes of different `domain`s (default: table.column) cannot be compared with each other, not even by someone who
    holds the database.
    """

    def __init__(
        self,
        source: str,
        *args: Any,
        normalise: Callable[[str], str] = fold,
        domain: str = "",
        **kwargs: Any,
    ) -> None:
        self.source = source
        self.normalise = normalise
        self.domain = domain
        kwargs = {"null": True, "editable": False, **kwargs}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.source, *args], kwargs | {"normalise": self.normalise, "domain": self.domain}

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        signals.pre_save.connect(self.refuse_lone_source, sender=cls)

    def refuse_lone_source(self, *, update_fields: Iterable[str] | None, raw: bool, **_: Any) -> None:
        """Saving the source without its index would leave a row that is found by its old value."""
        if update_fields and self.source in update_fields and self.name not in update_fields:
            raise TypeError(f"Save {self.source!r} together with its index {self.name!r}.")

    def index_of(self, value: str | None) -> bytes | None:
        """The index that a row with this source value holds; None for no value."""
        text = self.normalise(value) if value else ""
        return blind_index(text, self._domain) if text else None

    def possible_indexes(self, value: Any) -> list[bytes]:
        """All indexes a row with this source value may hold while index keys are rotated."""
        if isinstance(value, bytes):
            return [value]
        text = self.normalise(value) if value else ""
        return possible_indexes(text, self._domain) if text else []

    @property
    def _domain(self) -> str:
        return self.domain or f"{self.model._meta.db_table}.{self.column}"

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        index = self.index_of(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, index)
        return index

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, bytes):
            raise TypeError(f"{self} is filled on save from {self.source!r}.")
        return None if value is None else connection.Database.Binary(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "in", "isnull") else None

    def get_transform(self, name: str) -> Any:
        return None

    def get_internal_type(self) -> str:
        return "BinaryField"

    def db_check(self, connection: Any) -> str:
        """The column takes indexes only, whoever writes."""
        return f"octet_length({connection.ops.quote_name(self.column)}) = {INDEX_BYTES}"


class BlindLookup(AnyLookup):
    """Is the row's index among those that the value may have under any index key?"""

    lookup_name = "in"

    def get_prep_lookup(self) -> list[bytes] | None:
        field = self.lhs.output_field
        return [index for value in self.wanted() for index in field.possible_indexes(value)]

    def wanted(self) -> Iterable[Any]:
        """The values looked for."""
        return self.rhs

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [list(value)]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, column_params = self.process_lhs(compiler, connection)
        wanted, params = self.process_rhs(compiler, connection)
        return f"{column} = ANY({wanted}::bytea[])", [*column_params, *params]


class BlindExact(BlindLookup):
    """The same for one value."""

    lookup_name = "exact"

    def get_prep_lookup(self) -> list[bytes] | None:
        """None stays None: Django asks `isnull` then."""
        return None if self.rhs is None else super().get_prep_lookup()

    def wanted(self) -> Iterable[Any]:
        return [self.rhs]


BlindIndexField.register_lookup(BlindLookup)
BlindIndexField.register_lookup(BlindExact)
