import type { ReactNode } from "react";

/** What a template shows: small drawings that need no download. */
const DRAWINGS: Record<string, ReactNode> = {
  bees: (
    <>
      <rect width="160" height="90" fill="#8fd0f5" />
      <circle cx="132" cy="18" r="9" fill="#fff1b8" />
      <path d="M0 62q40-16 80-4t80-6v38H0z" fill="#7cc46a" />
      <path d="M0 74q50-12 90-2t70-4v22H0z" fill="#57a653" />
      <path d="M50 78V56" stroke="#2f7d3b" strokeWidth="3" />
      {[0, 72, 144, 216, 288].map((turn) => (
        <ellipse
          key={turn}
          cx="50"
          cy="37"
          rx="7.500"
          ry="11"
          fill="#b58be0"
          transform={`rotate(${turn} 50 48)`}
        />
      ))}
      <circle cx="50" cy="48" r="7" fill="#ffc93c" />
      <g transform="rotate(-8 102 42)">
        <ellipse cx="99" cy="30" rx="6" ry="10" fill="#e8f6ff" />
        <ellipse cx="108" cy="31" rx="6" ry="9" fill="#e8f6ff" />
        <ellipse cx="102" cy="43" rx="16" ry="11" fill="#ffb52e" />
        <path
          d="M97 32.500v21M105 32.500v21"
          stroke="#4b2e63"
          strokeWidth="5"
        />
        <circle cx="115" cy="40" r="2" fill="#2a1a3a" />
      </g>
    </>
  ),
  bakery: (
    <>
      <rect width="160" height="90" fill="#f7b583" />
      <circle cx="80" cy="60" r="38" fill="#fbd39a" />
      <circle cx="80" cy="60" r="24" fill="#fff0c9" />
      <rect y="68" width="160" height="22" fill="#8a4b32" />
      <rect y="66" width="160" height="5" fill="#a65f3f" />
      <path d="M46 66q0-22 34-22t34 22q0 5-6 5H52q-6 0-6-5z" fill="#c97b3d" />
      <path
        d="M62 50q5 5 5 13M79 47q5 5 5 14M96 50q5 5 5 12"
        stroke="#f3c886"
        strokeWidth="3.500"
        strokeLinecap="round"
        fill="none"
      />
      <path
        d="M64 36q-5-6 0-12M80 34q-5-7 0-14M96 36q-5-6 0-12"
        stroke="#fff"
        strokeOpacity=".75"
        strokeWidth="2.500"
        strokeLinecap="round"
        fill="none"
      />
    </>
  ),
  lighthouse: (
    <>
      <rect width="160" height="90" fill="#26325f" />
      <path d="M0 0h160v34Q80 60 0 34z" fill="#35457c" />
      {[14, 34, 58, 118, 140, 152, 96].map((x, place) => (
        <circle
          key={x}
          cx={x}
          cy={9 + ((place * 13) % 26)}
          r="1.200"
          fill="#fff"
        />
      ))}
      <path d="M86 25 158 6v40z" fill="#ffe9a8" opacity=".55" />
      <path d="M86 25 8 14v26z" fill="#ffe9a8" opacity=".3" />
      <path d="M76 32h18l5 44H71z" fill="#f4efe8" />
      <path d="M74.500 44h21l1 9H73.400z" fill="#d9573c" />
      <path d="M72.800 60h24.500l1 9H71.700z" fill="#d9573c" />
      <rect x="78" y="19" width="14" height="13" rx="2" fill="#ffd868" />
      <path d="M75 20 85 10l10 10z" fill="#b03f2a" />
      <path d="M0 74q13-6 27 0t27 0 27 0 27 0 27 0 25 0v16H0z" fill="#1a2349" />
      <circle cx="85" cy="25" r="2.500" fill="#fff" />
    </>
  ),
  plant: (
    <>
      <rect width="160" height="90" fill="#f3e6d3" />
      <rect y="70" width="160" height="20" fill="#d9b88f" />
      <rect x="104" y="10" width="40" height="34" rx="3" fill="#cfe7f5" />
      <path d="M124 10v34M104 27h40" stroke="#fff" strokeWidth="3" />
      <path
        d="M72 52V28"
        stroke="#2f7d3b"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <path d="M72 40q-22 2-26-16 22-3 26 16z" fill="#4fa552" />
      <path d="M72 34q2-20 24-20 0 20-24 20z" fill="#6cbf5f" />
      <path d="M72 48q18 2 26-12-20-5-26 12z" fill="#3f9149" />
      <path d="M54 50h36l-4 24H58z" fill="#cf6a45" />
      <rect x="51" y="47" width="42" height="8" rx="2" fill="#b95637" />
    </>
  ),
  space: (
    <>
      <rect width="160" height="90" fill="#1b1740" />
      <circle cx="112" cy="52" r="42" fill="#3a2b78" opacity=".5" />
      {[12, 30, 46, 66, 84, 140, 152].map((x, place) => (
        <circle
          key={x}
          cx={x}
          cy={8 + ((place * 29) % 74)}
          r="1.200"
          fill="#fff"
        />
      ))}
      <circle cx="112" cy="48" r="20" fill="#f0935f" />
      <path
        d="M93 43q20 8 38-2M95 56q18 6 34-2"
        stroke="#d6713f"
        strokeWidth="4"
        fill="none"
      />
      <ellipse
        cx="112"
        cy="48"
        rx="34"
        ry="8"
        fill="none"
        stroke="#f7dca8"
        strokeWidth="3"
        transform="rotate(-16 112 48)"
      />
      <g transform="rotate(28 44 50)">
        <path d="M44 22q11 12 11 30v10H33V52q0-18 11-30z" fill="#f2f2f7" />
        <path d="M33 50l-8 14h8zM55 50l8 14h-8z" fill="#e0533d" />
        <circle cx="44" cy="44" r="5" fill="#5bb8e8" />
        <path d="M38 62h12l-6 16z" fill="#ffc14d" />
      </g>
    </>
  ),
  sea: (
    <>
      <rect width="160" height="90" fill="#ffd9a0" />
      <circle cx="80" cy="48" r="20" fill="#ff9d6b" />
      <rect y="48" width="160" height="42" fill="#2f7f9e" />
      <path d="M0 60q13-5 27 0t27 0 27 0 27 0 27 0 25 0v30H0z" fill="#3f97b5" />
      <path d="M56 56h46l-8 13H64z" fill="#7a3f2b" />
      <path d="M78 18v36H58z" fill="#fff6ea" />
      <path d="M82 24v30h18z" fill="#f2c7b0" />
      <path d="M80 14v42" stroke="#5b2f20" strokeWidth="2.500" />
      <path d="M0 75q13-5 27 0t27 0 27 0 27 0 27 0 25 0v15H0z" fill="#1f6a87" />
    </>
  ),
};

export function Art({ name }: { name: string }) {
  return (
    <svg
      viewBox="0 0 160 90"
      preserveAspectRatio="xMidYMid slice"
      className="size-full"
      aria-hidden="true"
    >
      {DRAWINGS[name]}
    </svg>
  );
}
