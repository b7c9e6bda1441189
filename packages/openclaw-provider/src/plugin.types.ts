import type { HostApi } from "./host-types.ts";

export declare const id: string;
export declare const name: string;
export declare const description: string;
export declare function register(api: HostApi): void;
