import { useState } from "react";
import { invite, signOut } from "@/actions/studio/account";
import { IconButton } from "@/parts/button";
import { CopiedLink } from "@/parts/copied_link";
import { Dialog } from "@/parts/dialog";
import { Menu } from "@/parts/menu";
import { change } from "@/state/session";
import { useStudio } from "@/state/studio";
import { strings } from "@/strings";

const words = strings.door;

function Invitation({ link, onClose }: { link: string; onClose: () => void }) {
  return (
    <Dialog
      title={words.invited}
      closeLabel={words.close}
      onClose={onClose}
      className="max-w-lg"
    >
      <div className="flex flex-col gap-4 px-5 pt-1 pb-5">
        <p className="text-soft">{words.invitedLead}</p>
        <CopiedLink
          label={words.invited}
          link={link}
          copyLabel={words.copy}
          copiedLabel={words.copied}
        />
      </div>
    </Dialog>
  );
}

/** Who is signed in, and the way out. */
export function PersonButton() {
  const person = useStudio((studio) => studio.person);
  const [link, setLink] = useState<string | null>(null);
  if (!person) return null;
  const inviting = {
    label: words.invite,
    icon: "plus" as const,
    onSelect: () => void invite().then(setLink),
  };
  return (
    <>
      <Menu
        trigger={
          <IconButton icon="person" label={words.signedIn(person.name)} />
        }
        items={[
          {
            label: strings.account.open,
            icon: "person" as const,
            onSelect: () => change({ dialog: "account" }),
          },
          ...(person.admin ? [inviting] : []),
          null,
          { label: words.signOut, onSelect: () => void signOut(false) },
        ]}
      />
      {link && <Invitation link={link} onClose={() => setLink(null)} />}
    </>
  );
}
