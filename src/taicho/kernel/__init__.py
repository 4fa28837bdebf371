"""The ground under every room: clock, actor, pages, refusals, audit, news, intake, encrypted fields, Vietnamese text."""
