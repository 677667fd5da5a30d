# Begins enable.sh and disable.sh. All values come by environment:
#   AWS_REGION, AWS_DEFAULT_REGION  the Region of the AMI
#   LAUNCH_TEMPLATE_ID              the launch template that marks an AMI's Fast Launch as ours
#   TIMEOUT_SECONDS                 when to give up waiting
#   FAST_LAUNCH_POLL_SECONDS        pause between two looks at the state; not set by Terraform, so
#                                   that it can be set where Terraform runs; 10 when it is not
# and those of aws-credentials.sh.

PROGRAM=fast-launch
POLL_SECONDS=${FAST_LAUNCH_POLL_SECONDS:-10}
