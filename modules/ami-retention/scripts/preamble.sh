# Begins retire.sh and destroy.sh. All values come by environment:
#   IMAGE_TAG_KEY, IMAGE_NAME    the tag of all AMIs that are looked after
#   IN_USE_TAG_PREFIX            begins the keys of tags that keep an AMI from being touched
#   SNAPSHOT_TAG_KEY             marks, with the image's name, snapshots that are to be deleted
#   TARGETS                      a line for each Region: its code, then the SSM parameters there
#                                that name an AMI, between blanks
#   TIMEOUT_SECONDS              when to give up waiting for Fast Launch
#   AMI_RETENTION_POLL_SECONDS   pause between two looks at a state; not set by Terraform; 10 when
#                                it is not
#
# The AWS CLI has to be of October 2023 or later, to list disabled AMIs.

PROGRAM='ami-retention'
POLL_SECONDS=${AMI_RETENTION_POLL_SECONDS:-10}
