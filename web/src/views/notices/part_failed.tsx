import { Component, type ReactNode } from "react";
import { Button } from "@/parts/button";
import { strings } from "@/strings";
import { Failed } from "./failed";

/** In place of a part of the page that could not be fetched, or that broke. */
export class PartFailed extends Component<
  { children: ReactNode },
  { hasFailed: boolean }
> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    const { page, pageWhy, reload } = strings.failed;
    return (
      <main className="grid flex-1 place-items-center p-6">
        <Failed heading={page} failure={{ message: pageWhy, place: "" }}>
          <Button look="primary" onClick={() => location.reload()}>
            {reload}
          </Button>
        </Failed>
      </main>
    );
  }
}
