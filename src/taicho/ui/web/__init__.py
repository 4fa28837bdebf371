"""Pages of the ui area: search, help, language, errors, and the components page for builders."""
