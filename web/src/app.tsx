import { strings } from "@/strings";

export function App() {
  return (
    <main className="grid h-full place-items-center p-6 text-center">
      <h1 className="text-2xl font-semibold">{strings.name}</h1>
    </main>
  );
}
