"""The ground under every room: clock, actor, pages, refusals, audit, news, intake, encryption, Vietnamese text."""
