# Begins refresh.sh. All values come by environment:
#   AWS_REGION, AWS_DEFAULT_REGION  the Region of the group
#   TIMEOUT_SECONDS                 when to give up waiting
#   INSTANCE_REFRESH_POLL_SECONDS   pause between two looks; not set by Terraform, so that it can be
#                                   set where Terraform runs; 15 when it is not
# and those of aws-credentials.sh.

PROGRAM=instance-refresh
POLL_SECONDS=${INSTANCE_REFRESH_POLL_SECONDS:-15}
