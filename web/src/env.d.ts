declare module '*.svg' {
  const inside: string;
  export default inside;
}
declare module '*.css';
