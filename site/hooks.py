"""What MkDocs calls while it builds: the body is etl/web/mkdocs.py."""

from etl.web.mkdocs import on_config, on_env, on_files, on_page_context, on_post_build

__all__ = ["on_config", "on_env", "on_files", "on_page_context", "on_post_build"]
