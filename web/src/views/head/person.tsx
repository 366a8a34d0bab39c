import { useState } from "react";
import { invite, signOut } from "@/actions/studio/account";
import { Button, IconButton } from "@/parts/button";
import { Dialog } from "@/parts/dialog";
import { TextInput } from "@/parts/field";
import { Menu } from "@/parts/menu";
import { useStudio } from "@/state/studio";
import { strings } from "@/strings";

const words = strings.door;

function Invitation({ link, onClose }: { link: string; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard
      .writeText(link)
      .then(() => setCopied(true))
      .catch(() => undefined); // it stands there, and can be copied by hand
  return (
    <Dialog
      title={words.invited}
      closeLabel={words.close}
      onClose={onClose}
      className="max-w-lg"
    >
      <div className="flex flex-col gap-4 px-5 pt-1 pb-5">
        <p className="text-soft">{words.invitedLead}</p>
        <div className="flex gap-2">
          <TextInput
            readOnly
            aria-label={words.invited}
            value={link}
            onFocus={(event) => event.target.select()}
          />
          <Button look="primary" onClick={copy}>
            {isCopied ? words.copied : words.copy}
          </Button>
        </div>
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
          ...(person.admin ? [inviting, null] : []),
          { label: words.signOut, onSelect: () => void signOut(false) },
          { label: words.signOutAll, onSelect: () => void signOut(true) },
        ]}
      />
      {link && <Invitation link={link} onClose={() => setLink(null)} />}
    </>
  );
}
