/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page around a picture, to move about in it. The picture is whole without the script, and scrolls; the script only changes its
 * size and moves the scroll bars. Nothing is fetched: the policy allows this script, by its hash, and styles in the page.
 */
#include "config.h"
#include "base/text_i.h"
#include "report/draw_i.h"
#include <string.h>

static const char script[] =
	"(function(){'use strict';\n"
	"var s=document.getElementById('stage'),v=s.querySelector('svg'),w=+v.getAttribute('width'),h=+v.getAttribute('height'),z=1,\n"
	"o=document.getElementById('size'),t=document.getElementById('tools'),from=null,pinch=0;\n"
	"function set(n,x,y){var r=s.getBoundingClientRect(),px,py;n=Math.min(8,Math.max(0.05,n));\n"
	"x=x===undefined?s.clientWidth/2:x-r.left;y=y===undefined?s.clientHeight/2:y-r.top;px=(s.scrollLeft+x)/z;py=(s.scrollTop+y)/z;z=n;\n"
	"v.setAttribute('width',w*z);v.setAttribute('height',h*z);s.scrollLeft=px*z-x;s.scrollTop=py*z-y;o.textContent=Math.round(z*100)+'%';}\n"
	"function whole(){set(Math.min(s.clientWidth/w,s.clientHeight/h)*0.995);s.scrollLeft=s.scrollTop=0;}\n"
	"var act={'in':function(){set(z*1.25);},'out':function(){set(z/1.25);},'one':function(){set(1);},'whole':whole};\n"
	"var keys={'+':'in',';':'in','=':'in','-':'out','0':'one','f':'whole'};\n"
	"t.addEventListener('click',function(e){var b=e.target.closest('button');if(b){act[b.getAttribute('data-do')]();}});\n"
	"s.addEventListener('keydown',function(e){var k=keys[e.key];if(k&&!e.ctrlKey&&!e.metaKey&&!e.altKey){e.preventDefault();act[k]();}});\n"
	"s.addEventListener('wheel',function(e){if(e.ctrlKey||e.metaKey){e.preventDefault();set(z*Math.exp(-e.deltaY/300),e.clientX,e.clientY);}},\n"
	"{passive:false});\n"
	"s.addEventListener('pointerdown',function(e){if(e.pointerType==='mouse'&&e.button===0){from=[e.clientX+s.scrollLeft,e.clientY+s.scrollTop];\n"
	"s.setPointerCapture(e.pointerId);s.classList.add('held');}});\n"
	"s.addEventListener('pointermove',function(e){if(from){s.scrollLeft=from[0]-e.clientX;s.scrollTop=from[1]-e.clientY;}});\n"
	"function drop(){from=null;s.classList.remove('held');}\n"
	"s.addEventListener('pointerup',drop);s.addEventListener('pointercancel',drop);\n"
	"function apart(e){var a=e.touches[0],b=e.touches[1];return[Math.hypot(a.clientX-b.clientX,a.clientY-b.clientY),(a.clientX+b.clientX)/2,\n"
	"(a.clientY+b.clientY)/2];}\n"
	"s.addEventListener('touchstart',function(e){pinch=e.touches.length===2?z/apart(e)[0]:0;},{passive:true});\n"
	"s.addEventListener('touchmove',function(e){if(pinch&&e.touches.length===2){var p=apart(e);e.preventDefault();set(pinch*p[0],p[1],p[2]);}},\n"
	"{passive:false});\n"
	"t.hidden=false;document.getElementById('keys').hidden=false;})();\n";

/* SHA-256 of the script; the tests compute it anew. */
static const char script_hash[] = "PcKHPAF6ozx7pLzMEMQhaXLBebJndephD7/QwrHTARc=";

static const char page_style[] =
	"*{box-sizing:border-box}html,body{margin:0;height:100%}body{display:flex;flex-direction:column;color:#1f2933;background:#fff;"
	"font-family:'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Yu Gothic',Meiryo,sans-serif}"
	"header{display:flex;flex-wrap:wrap;gap:.4rem 1rem;align-items:center;padding:.6rem 1rem;border-bottom:1px solid #cbd2d9}"
	"h1{font-size:1.1rem;margin:0;overflow-wrap:anywhere}[hidden]{display:none!important}#tools{display:flex;gap:.3rem;align-items:center}"
	"button{font:inherit;min-width:2.6rem;min-height:2.6rem;padding:.2rem .7rem;border:1px solid #52606d;border-radius:6px;background:#fff;color:#1f2933}"
	"button:focus-visible,#stage:focus-visible{outline:3px solid #0b6e99;outline-offset:-3px}output{min-width:3.5rem;text-align:right}"
	"#keys{font-size:.85rem;margin:0;color:#52606d}"
	"#stage{flex:1;min-height:12rem;overflow:auto;touch-action:pan-x pan-y;cursor:grab}#stage.held{cursor:grabbing;user-select:none}#stage svg{display:block}"
	"@media print{html,body{height:auto}#tools,#keys{display:none!important}#stage{overflow:visible}#stage svg{width:100%;height:auto}}";

static void put_escaped(struct bpr_buf *out, const char *text)
{
	bpr_i_escape_svg(out, text, strlen(text));
}

static void put_button(const struct picture *p, struct bpr_buf *out, const char *act, const char *sign, const char *name)
{
	bpr_i_buf_printf(out, "<button type=\"button\" data-do=\"%s\"", act);
	if (sign) {
		bpr_i_buf_puts(out, " aria-label=\"");
		put_escaped(out, bpr_text(p->options->lang, name));
		bpr_i_buf_printf(out, "\">%s</button>\n", sign);
		return;
	}
	bpr_i_buf_putc(out, '>');
	put_escaped(out, bpr_text(p->options->lang, name));
	bpr_i_buf_puts(out, "</button>\n");
}

static void put_names(const struct picture *p, struct bpr_buf *out)
{
	bool first = true;

	for (size_t i = 0; i < p->count; i++) {
		const bpr_flow *flow = p->flows->items[p->chosen ? p->chosen[i] : i];

		bpr_i_buf_puts(out, first ? "" : " / ");
		first = false;
		put_escaped(out, *bpr_flow_name(flow) ? bpr_flow_name(flow) : bpr_flow_id(flow));
	}
}

void bpr_i_picture_html(const struct picture *p, void (*svg)(const struct picture *p, bool alone, struct bpr_buf *out), struct bpr_buf *out)
{
	enum bpr_lang lang = p->options->lang;

	bpr_i_buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n"
			      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
			      "script-src 'sha256-%s'; base-uri 'none'; form-action 'none'\"/>\n"
			      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>",
			 lang == BPR_LANG_JA ? "ja" : "en", script_hash);
	put_names(p, out);
	bpr_i_buf_printf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<header>\n<h1>", page_style);
	put_names(p, out);
	bpr_i_buf_puts(out, "</h1>\n<div id=\"tools\" role=\"group\" aria-label=\"");
	put_escaped(out, bpr_text(lang, N_("Size of the picture")));
	bpr_i_buf_puts(out, "\" hidden=\"hidden\">\n");
	put_button(p, out, "out", "−", N_("Smaller"));
	put_button(p, out, "in", "+", N_("Larger"));
	put_button(p, out, "one", NULL, N_("Full size"));
	put_button(p, out, "whole", NULL, N_("All of it"));
	bpr_i_buf_puts(out, "<output id=\"size\" aria-live=\"polite\">100%</output>\n</div>\n<p id=\"keys\" hidden=\"hidden\">");
	put_escaped(out, bpr_text(lang, N_("Drag or use the arrow keys to move; +, - and 0 or Ctrl and the wheel change the size.")));
	bpr_i_buf_puts(out, "</p>\n</header>\n<main id=\"stage\" tabindex=\"0\" aria-label=\"");
	put_escaped(out, bpr_text(lang, N_("Picture, can be scrolled")));
	bpr_i_buf_puts(out, "\">\n");
	svg(p, false, out);
	bpr_i_buf_printf(out, "</main>\n<script>%s</script>\n</body>\n</html>\n", script);
}
