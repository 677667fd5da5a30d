# Switches EC2 Fast Launch off for every AMI that uses our launch template, but one. Asks AWS which
# they are, so that it also finds what an earlier, interrupted apply left behind.
#
# Beside the preamble's values:
#   KEEP_AMI_ID   stays on; empty to switch off all

require_aws_cli
images=$(aws ec2 describe-fast-launch-images --output text --query \
  "FastLaunchImages[?LaunchTemplate.LaunchTemplateId=='$LAUNCH_TEMPLATE_ID' && ImageId!='$KEEP_AMI_ID'].ImageId")

[ "$images" != None ] || images=''

# AMI ids, separated by blanks: word splitting is meant.
for image in $images; do
  # EC2 does not document whether it takes "disable" for an AMI that is on its way off already.
  case $(field "$(describe_fast_launch "$image")" 1) in None | disabling) continue ;; esac
  say "$image: switching off"
  aws ec2 disable-fast-launch --image-id "$image" --force >/dev/null
done

for image in $images; do
  wait_until_off "$image"
  say "$image: off after $(($(now) - start))s"
done
