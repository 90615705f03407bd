"""Files in a bucket that speaks S3; loaded only where one is set."""

from storages.backends.s3 import S3Storage

READ_IN_MEMORY = 1024 * 1024


class BucketFiles(S3Storage):
    """A private bucket. Nothing is written over, nothing has an address of its own, and big files are read by disk."""

    def get_default_settings(self):
        """Private, signed, and never one file over another."""
        return super().get_default_settings() | {
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
            "max_memory_size": READ_IN_MEMORY,
        }
