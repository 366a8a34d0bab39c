import { useState, type ReactNode } from "react";
import { Dialog } from "@/parts/dialog";
import { Tabs } from "@/parts/tabs";
import { change } from "@/state/session";
import { useStudio } from "@/state/studio";
import { strings } from "@/strings";
import { Devices } from "./devices";
import { Password } from "./password";
import { People } from "./people";
import { Tokens } from "./tokens";

const words = strings.account;

type Part = "devices" | "password" | "tokens" | "people";

const Panel = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-col gap-4 overflow-y-auto px-2 pt-2 pb-5">
    {children}
  </div>
);

/** One's own account; for whoever runs the server the others too. */
export function Account() {
  const person = useStudio((studio) => studio.person);
  const [part, setPart] = useState<Part>("devices");
  if (!person) return null;
  const panel = (id: Part, content: ReactNode) => ({
    id,
    label: words[id],
    content: <Panel>{content}</Panel>,
  });
  return (
    <Dialog
      title={words.heading(person.name)}
      closeLabel={words.close}
      onClose={() => change({ dialog: null })}
      className="max-w-xl"
    >
      <Tabs
        label={words.tabs}
        className="min-h-96 px-3"
        chosen={part}
        onChoose={setPart}
        tabs={[
          panel("devices", <Devices />),
          panel("password", <Password />),
          panel("tokens", <Tokens />),
          ...(person.admin ? [panel("people", <People />)] : []),
        ]}
      />
    </Dialog>
  );
}
