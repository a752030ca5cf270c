# Sourced by the scripts of this folder: long steps with a progress line, and nothing left running, however the script ends.
#
#   start_steps LOGS            once; LOGS is the folder for the steps' output
#   step NAME COMMAND...        runs a command with its output in LOGS, shows a progress line, and the end of the output when it fails
#   start NAME COMMAND...       starts a command that goes on running, with the script's own output
#   await                       waits for it and returns its status
#
# Every command runs in a session of its own. Ctrl-C and SIGTERM end the sessions. After kill -9 of the script the keeper does: a process that
# notices the script's end by its pipe. (Process groups do not do: ninja gives every compiler its own.)

step_seconds=0 # how long the last step took, one decimal
running=
keeper=

start_steps() {
  step_logs=$1
  mkdir -p "$step_logs"
  exec {keeper}> >(exec setsid bash "$steps_folder/keeper")
  trap 'stop_steps; exit 130' INT
  trap 'stop_steps; exit 143' TERM HUP
  trap stop_steps EXIT
}

# Ends what runs: politely, then for certain.
stop_steps() {
  trap '' INT TERM HUP
  set +e
  clear_progress
  if [ -n "$running" ]; then
    kill -TERM "$running" 2>/dev/null
    for _ in {1..100}; do
      kill -0 "$running" 2>/dev/null || break
      sleep 0.1
    done
    echo "end $running" >&"$keeper"
    wait "$running" 2>/dev/null
    running=
  fi
  trap - EXIT
}

launch() { # COMMAND...; the pid is that of the session
  setpriv --pdeathsig KILL setsid env --default-signal=INT,QUIT "$@" {keeper}>&- &
  running=$!
  echo "keep $running" >&"$keeper"
}

clear_progress() { if [ -t 2 ]; then printf '\r\033[K' >&2; fi; }

# The last thing a build said about how far it is, such as [12/345].
progress_of() { tail -c 300 "$1" 2>/dev/null | tr '\r' '\n' | grep -oE '\[ *[0-9]+/[0-9]+\]|^ *[0-9]+/[0-9]+ Test' | tail -1 | tr -d '[] Test'; }

step() { # NAME COMMAND...
  local name=$1 began=$EPOCHREALTIME log status=0 elapsed far
  shift
  log=$step_logs/${name//[^A-Za-z0-9]/-}.log
  launch "$@" >"$log" 2>&1 </dev/null
  while kill -0 "$running" 2>/dev/null; do
    sleep 0.1
    elapsed=$((${EPOCHREALTIME%[.,]*} - ${began%[.,]*}))
    if [ -t 2 ] && [ "$elapsed" -ge 2 ]; then
      far=$(progress_of "$log")
      printf '\r\033[K%s %s  %d s' "$name" "$far" "$elapsed" >&2
    fi
  done
  wait "$running" || status=$?
  echo "end $running" >&"$keeper"
  running=
  clear_progress
  step_seconds=$(awk -v a="${began/,/.}" -v b="${EPOCHREALTIME/,/.}" 'BEGIN { printf "%.1f", b - a }')
  if [ "$status" -ne 0 ]; then
    tail -n 40 "$log" >&2
    echo "$name failed (status $status); all it said: $log" >&2
    return "$status"
  fi
  if [ "${step_seconds%.*}" -ge 2 ]; then echo "$name: $step_seconds s" >&2; fi
}

start() { # NAME COMMAND...
  shift
  launch "$@" </dev/null
}

await() {
  local status=0
  wait "$running" || status=$?
  echo "end $running" >&"$keeper"
  running=
  return "$status"
}
