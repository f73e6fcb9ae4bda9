/** The look of the card (ui-spec 8.11), with the tokens it needs: page styles do not reach in, ours do not reach out. */

export const CARD_STYLE = `
:host{all:initial!important;position:fixed!important;inset:0!important;width:auto!important;height:auto!important;margin:0!important;
padding:0!important;border:0!important;background:none!important;overflow:visible!important;pointer-events:none!important;
display:block!important;visibility:visible!important;opacity:1!important;color-scheme:light dark!important;
--surface:light-dark(#fff,#161e1c);--fill:light-dark(#eaefec,#212b28);--fill-2:light-dark(#dde5e1,#2c3834);--line:light-dark(#dce4e0,#27322f);
--ink:light-dark(#11211e,#ecf3f0);--ink-2:light-dark(#43544f,#b5c4bf);--ink-3:light-dark(#586863,#93a39e);
--accent:light-dark(#0b6b60,#45c4ac);--accent-2:light-dark(#07564d,#62d6c0);--on-accent:light-dark(#fff,#04231e);
--danger:light-dark(#bf2f29,#c93d36);--shade:light-dark(rgb(13 34 30/.14),rgb(0 0 0/.55))}
*{box-sizing:border-box;margin:0}
.card,.glyph,.ring{position:fixed}
.card{width:300px;max-width:calc(100vw - 16px);padding:14px;border-radius:18px;background:var(--surface);color:var(--ink);pointer-events:auto;
font:400 14px/20px system-ui,-apple-system,"Segoe UI Variable Text","Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;
box-shadow:0 0 0 1px var(--line),0 16px 40px -8px var(--shade);animation:in .2s cubic-bezier(.2,.7,.2,1)}
@keyframes in{from{opacity:0;translate:0 4px}}
.head{display:flex;gap:10px}.head>div{flex:1;min-width:0}.head svg{flex:none;color:var(--accent)}
b{display:block;font-size:17px;line-height:22px;font-weight:640;letter-spacing:-.01em;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.done b{font-size:14px;font-weight:600}
small{display:block;font-size:12.5px;line-height:17px;color:var(--ink-2);margin-top:1px}
p{font-size:12px;line-height:16px;color:var(--ink-3);margin-top:8px}
.row{display:flex;flex-wrap:wrap;gap:6px;margin-top:14px}.row+.row{margin-top:6px}
button{all:unset;box-sizing:border-box;flex:1 1 auto;display:inline-flex;align-items:center;justify-content:center;gap:6px;min-height:36px;padding:0 10px;
border-radius:11px;background:var(--fill);font-weight:580;font-size:13px;line-height:18px;text-align:center;cursor:pointer}
button:hover{background:var(--fill-2)}
.call{background:var(--accent);color:var(--on-accent);font-weight:620}.call:hover{background:var(--accent-2)}
.end{background:var(--danger);color:#fff}.quiet{background:none;color:var(--ink-2);padding:0 6px;font-weight:500}
button:focus-visible{box-shadow:0 0 0 2px var(--surface),0 0 0 4px var(--accent)}
.calling{--surface:light-dark(#2b3639,#273134);--ink:#f2fbf8;--ink-2:#b5c3c5;--ink-3:#b5c3c5;--fill:light-dark(#3c484b,#374347);--fill-2:light-dark(#465357,#414e53)}
.calling button:focus-visible{box-shadow:0 0 0 2px var(--surface),0 0 0 4px #fff}
.rope{height:34px;margin-top:10px;border-inline:5.5px solid #f2fbf8;border-radius:3px;
background:radial-gradient(circle,#6fe0c8 2.4px,transparent 3px) 0 50%/11.6px 11.6px repeat-x;animation:run 1.2s linear infinite}
@keyframes run{from{background-position:0 50%}to{background-position:46.4px 50%}}
.glyph{display:grid;grid-auto-flow:column;place-items:center;place-content:center;gap:2px;width:22px;height:22px;border-radius:8px;background:#0b6b60;color:#fff;box-shadow:0 1px 4px rgb(0 0 0/.3)}
.glyph i{width:3px;height:3px;border-radius:50%;background:#86e6d2}
.ring{border-radius:5px;box-shadow:0 0 0 2px #fff,0 0 0 4px #0b6b60,0 0 0 5px #fff}
.hidden{position:fixed;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media(prefers-reduced-motion:reduce){.card,.rope{animation:none}}
@media(forced-colors:active){.card{border:1px solid CanvasText}button{border:1px solid ButtonText}.call{background:Highlight;color:HighlightText;forced-color-adjust:none}
.ring{outline:2px solid Highlight}.glyph{border:1px solid CanvasText}.rope{border-color:CanvasText;forced-color-adjust:none;
background-image:radial-gradient(circle,CanvasText 2.4px,transparent 3px)}}
`;
