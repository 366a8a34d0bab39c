import { Select } from "@/parts/field";
import type { Role } from "@/server/account_types";
import { strings } from "@/strings";

const words = strings.share;
const ROLES: readonly Role[] = ["viewer", "editor", "owner"];

/** What somebody is, or is to be. */
export function RoleChoice({
  label,
  role,
  onChoose,
  isBusy = false,
}: {
  label: string;
  role: Role;
  onChoose: (role: Role) => void;
  isBusy?: boolean;
}) {
  return (
    <Select
      aria-label={label}
      title={words.can[role]}
      className="w-34! shrink-0"
      value={role}
      disabled={isBusy}
      onChange={(event) => onChoose(event.target.value as Role)}
    >
      {ROLES.map((one) => (
        <option key={one} value={one}>
          {words.roles[one]}
        </option>
      ))}
    </Select>
  );
}
