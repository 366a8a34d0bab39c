import { signOut } from "@/actions/studio/account";
import { endSession, sessionsNow } from "@/actions/studio/own_account";
import { Button } from "@/parts/button";
import { strings } from "@/strings";
import { Line, List, noteOf, useListed } from "./listed";

const words = strings.account;

/** Where one is signed in, and the end of it. */
export function Devices() {
  const listed = useListed(sessionsNow);
  return (
    <>
      <p className="text-soft">{words.devicesLead}</p>
      <List label={words.devices} listed={listed}>
        {(session) => {
          const device = session.device || words.unknown;
          return (
            <Line
              key={session.id}
              title={device}
              {...(session.current && { mark: words.here })}
              note={noteOf(session)}
            >
              <Button
                look="quiet"
                aria-label={words.endOf(device)}
                onClick={() =>
                  session.current
                    ? void signOut(false)
                    : void listed.act(() => endSession(session.id), words.ended)
                }
              >
                {words.end}
              </Button>
            </Line>
          );
        }}
      </List>
      <Button className="self-start" onClick={() => void signOut(true)}>
        {words.everywhere}
      </Button>
    </>
  );
}
